"""The commands of `gongzhi`, one module each; `gongzhi.cli` joins them."""
