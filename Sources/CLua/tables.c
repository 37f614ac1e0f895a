// The table library, from the manual, with a look at the limits in every loop. Metamethods count.
#include "internal.h"

#include <string.h>

static void check_table(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TTABLE) return;
  if (luaL_getmetafield(L, index, "__index") != LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  luaL_checktype(L, index, LUA_TTABLE);
}

static lua_Integer length_of(lua_State *L, int index) {
  check_table(L, index);
  return luaL_len(L, index);
}

static int table_insert(lua_State *L) {
  clua_vm *vm = vm_of(L);
  lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1) + 1);
  if (lua_gettop(L) == 2) {
    lua_seti(L, 1, end);
    return 0;
  }
  if (lua_gettop(L) != 3) return luaL_error(L, "wrong number of arguments to 'insert'");
  lua_Integer position = luaL_checkinteger(L, 2);
  luaL_argcheck(L, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
  for (lua_Integer i = end; i > position; i--) {
    vm_step(L, vm, 1);
    lua_geti(L, 1, i - 1);
    lua_seti(L, 1, i);
  }
  lua_seti(L, 1, position);
  return 0;
}

static int table_remove(lua_State *L) {
  clua_vm *vm = vm_of(L);
  lua_Integer size = length_of(L, 1), position = luaL_optinteger(L, 2, size);
  if (position != size)
    luaL_argcheck(L, (lua_Unsigned)position - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
  lua_geti(L, 1, position);
  for (; position < size; position++) {
    vm_step(L, vm, 1);
    lua_geti(L, 1, position + 1);
    lua_seti(L, 1, position);
  }
  lua_pushnil(L);
  lua_seti(L, 1, position);
  return 1;
}

static int table_move(lua_State *L) {
  clua_vm *vm = vm_of(L);
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
  int target = lua_isnoneornil(L, 5) ? 1 : 5;
  check_table(L, 1);
  check_table(L, target);
  if (last >= first) {
    luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
    lua_Integer count = last - first + 1;
    luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    bool forward = to > last || to <= first || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
    for (lua_Integer n = 0; n < count; n++) {
      lua_Integer i = forward ? n : count - 1 - n;
      vm_step(L, vm, 1);
      lua_geti(L, 1, first + i);
      lua_seti(L, target, to + i);
    }
  }
  lua_pushvalue(L, target);
  return 1;
}

static int table_concat(lua_State *L) {
  clua_vm *vm = vm_of(L);
  lua_Integer size = length_of(L, 1);
  size_t separator_length;
  const char *separator = luaL_optlstring(L, 2, "", &separator_length);
  lua_Integer i = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, size);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (; i <= last; i++) {
    vm_step(L, vm, 1);
    lua_geti(L, 1, i);
    if (!lua_isstring(L, -1))
      return luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
    vm_room(L, &b, separator_length + (lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) : 64));
    luaL_addvalue(&b);
    if (i == last) break;
    luaL_addlstring(&b, separator, separator_length);
  }
  vm_reserve(L, luaL_bufflen(&b));
  luaL_pushresult(&b);
  return 1;
}

static int table_pack(lua_State *L) {
  int count = lua_gettop(L);
  lua_createtable(L, count, 1);
  lua_insert(L, 1);
  for (int i = count; i >= 1; i--) lua_seti(L, 1, i);
  lua_pushinteger(L, count);
  lua_setfield(L, 1, "n");
  return 1;
}

static int table_unpack(lua_State *L) {
  clua_vm *vm = vm_of(L);
  lua_Integer first = luaL_optinteger(L, 2, 1);
  lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
  if (first > last) return 0;
  lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
  if (count >= MAX_ENTRIES || !lua_checkstack(L, (int)count + 1)) return luaL_error(L, "too many results to unpack");
  for (lua_Unsigned i = 0; i <= count; i++) {
    vm_step(L, vm, 1);
    lua_geti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
  }
  return (int)count + 1;
}

// --- Sorting: a heap, in place, so that no order function can make it slower than n log n.

static bool comes_before(lua_State *L, clua_vm *vm, int a, int b) {
  vm_step(L, vm, 4);
  if (lua_isnil(L, 2)) return lua_compare(L, a, b, LUA_OPLT);
  a = lua_absindex(L, a);
  b = lua_absindex(L, b);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, a);
  lua_pushvalue(L, b);
  lua_call(L, 2, 1);
  bool result = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return result;
}

/// Lets the value on top of the stack sink from `hole` to its place in the heap of `size`, and pops it.
static void sift(lua_State *L, clua_vm *vm, lua_Integer hole, lua_Integer size) {
  for (lua_Integer child; (child = 2 * hole) <= size; hole = child) {
    lua_geti(L, 1, child);
    if (child < size) {
      lua_geti(L, 1, child + 1);
      if (comes_before(L, vm, -2, -1)) {
        lua_remove(L, -2);
        child++;
      } else {
        lua_pop(L, 1);
      }
    }
    if (!comes_before(L, vm, -2, -1)) {
      lua_pop(L, 1);
      break;
    }
    lua_seti(L, 1, hole);
  }
  lua_seti(L, 1, hole);
}

static int table_sort(lua_State *L) {
  clua_vm *vm = vm_of(L);
  lua_Integer size = length_of(L, 1);
  luaL_argcheck(L, size < INT32_MAX, 1, "array too big");
  if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 2);
  luaL_checkstack(L, 12, "sort");
  for (lua_Integer i = size / 2; i >= 1; i--) {
    lua_geti(L, 1, i);
    sift(L, vm, i, size);
  }
  for (lua_Integer last = size; last > 1; last--) {
    lua_geti(L, 1, last);
    lua_geti(L, 1, 1);
    lua_seti(L, 1, last);
    sift(L, vm, 1, last - 1);
  }
  return 0;
}

void table_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"insert", table_insert}, {"remove", table_remove}, {"move", table_move}, {"concat", table_concat},
      {"pack", table_pack},     {"unpack", table_unpack}, {"sort", table_sort}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
