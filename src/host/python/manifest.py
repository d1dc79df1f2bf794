# Python modules that are part of the program.
include("$(MPY_DIR)/extmod/asyncio")
module("unittest.py", base_path="$(PORT_DIR)/python")

# A checkout may be without the submodule that has these.
try:
    require("requests")
    require("mip")
except ValueError:
    pass
