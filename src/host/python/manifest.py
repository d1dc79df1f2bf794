# Python modules that are part of the program.
include("$(MPY_DIR)/extmod/asyncio")
module("unittest.py", base_path="$(PORT_DIR)/python")
