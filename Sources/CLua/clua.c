#include "clua.h"

#include <lua5.4/lua.h>

const char *clua_release(void) { return LUA_RELEASE; }
