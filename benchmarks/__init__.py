"""Measurements beside a peer or a raw limit, in one run. Started by `gongzhi bench NAME` and `make bench`."""
