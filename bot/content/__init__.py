"""Reads `flows/` and `knowledge/`, and tells every fault in them with its file and line.

Text becomes data in `strict.py`, data takes shape in `shapes.py`, and a flow is put together in `build.py`; `checks/`
holds what no single value can say; `load.py` is the door. Sentences for authors live in `knowledge/words/faults.yaml`.
"""
