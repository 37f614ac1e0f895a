#ifndef CLUA_H
#define CLUA_H

/// The release of the Lua library in use, such as "Lua 5.4.4".
const char *clua_release(void);

#endif
