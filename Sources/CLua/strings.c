// The string functions whose results can be much larger than their arguments: the size is looked at first.
#include "internal.h"

#include <ctype.h>
#include <string.h>

static int stock(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

/// `a` times `b`, or more than any limit.
static size_t product(size_t a, size_t b) {
  size_t result;
  return __builtin_mul_overflow(a, b, &result) || result > SIZE_MAX / 8 ? SIZE_MAX / 8 : result;
}

static int string_rep(lua_State *L) {
  size_t length, separator = 0;
  luaL_checklstring(L, 1, &length);
  lua_Integer count = luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &separator);
  if (count > 0) vm_reserve(L, product(length + separator, (size_t)count));
  vm_check(L);
  return stock(L);
}

static int string_changed(lua_State *L) {
  size_t length;
  luaL_checklstring(L, 1, &length);
  vm_reserve(L, product(length, 2));
  return stock(L);
}

/// Turns what `%s` will read into strings first, so that the size of the result is known.
static int string_format(lua_State *L) {
  size_t length, total;
  const char *format = luaL_checklstring(L, 1, &length), *end = format + length;
  int argument = 1, count = lua_gettop(L);
  total = length;
  for (const char *p = format; p < end; p++) {
    if (*p != '%') continue;
    if (++p < end && *p == '%') continue;
    argument++;
    total += 512;
    while (p < end && !isalpha((unsigned char)*p)) p++;
    if (p >= end || argument > count || (*p != 's' && *p != 'q')) continue;
    size_t size = 0;
    if (*p == 's') {
      luaL_tolstring(L, argument, &size);
      lua_replace(L, argument);
    } else if (lua_type(L, argument) == LUA_TSTRING) {
      size = product(lua_rawlen(L, argument), 4);
    }
    total += size;
    vm_reserve(L, total);
    vm_step(L, vm_of(L), 1);
  }
  vm_reserve(L, product(total, 2));
  return stock(L);
}

static int string_pack(lua_State *L) {
  size_t length, total;
  const char *format = luaL_checklstring(L, 1, &length);
  total = product(length, 16);
  for (const char *p = format; p < format + length; p++) {
    if (*p != 'c') continue;
    size_t number = 0;
    while (isdigit((unsigned char)p[1])) number = product(number, 10) + (size_t)(*++p - '0');
    total = total + number > SIZE_MAX / 8 ? SIZE_MAX / 8 : total + number;
  }
  for (int i = 2; i <= lua_gettop(L); i++)
    if (lua_type(L, i) == LUA_TSTRING) total += lua_rawlen(L, i);
  vm_reserve(L, product(total, 2));
  return stock(L);
}

void string_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"rep", string_rep},   {"upper", string_changed}, {"lower", string_changed}, {"reverse", string_changed},
      {"format", string_format}, {"pack", string_pack}, {NULL, NULL}};
  for (const luaL_Reg *f = functions; f->name; f++) {
    lua_getfield(L, -1, f->name);
    lua_pushcclosure(L, f->func, 1);
    lua_setfield(L, -2, f->name);
  }
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
}
