"""Makes chunks_earliest.h5 and chunks_latest.h5: the same numbers (0, 1, 2, ...) in every way in which HDF5 keeps chunks.

Run: apt-get install python3-h5py && /usr/bin/python3 make.py
"""
import h5py
import numpy as np


def numbers(*shape):
    return np.arange(np.prod(shape), dtype="<f4").reshape(shape)


for version in ("earliest", "latest"):
    with h5py.File(f"chunks_{version}.h5", "w", libver=version) as file:
        file.create_dataset("plain", data=numbers(7, 5), chunks=(3, 2))
        file.create_dataset("deflated", data=numbers(7, 5), chunks=(3, 2), compression="gzip")
        file.create_dataset("shuffled", data=numbers(4, 5, 6), chunks=(2, 2, 4), compression="gzip", shuffle=True)
        file.create_dataset("checked", data=numbers(10), chunks=(4,), fletcher32=True)
        file.create_dataset("single", data=numbers(3, 4), chunks=(3, 4), compression="gzip")
        file.create_dataset("many", data=numbers(1100), chunks=(1,))
        creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        creation.set_chunk((3, 2))
        creation.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        early = h5py.h5d.create(file.id, b"early", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((7, 5)), creation)
        h5py.Dataset(early)[:] = numbers(7, 5)
        file.create_dataset("growing", data=numbers(7, 5), chunks=(3, 2), maxshape=(None, 5))
        file.create_dataset("compressed_otherwise", data=numbers(7, 5), chunks=(3, 2), compression="lzf")
        file.create_dataset("unwritten", (7, 5), "<f4", chunks=(3, 2))[0, 0] = 1
