"""Words of the faces: codes and keys of the core as titles and sentences, for pages, API and command line alike."""
