// The coroutine library. A coroutine that yields for the driver (a request, a preemption, a stop) is told from one
// that yields a value: the first makes its resumer yield as well, until the driver has it, and goes on where it was.
#include "internal.h"

#include <string.h>

static lua_State *check_coroutine(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  return co;
}

static const char *status_name(lua_State *L, lua_State *co) {
  if (co == L) return "running";
  if (*co_word(co) & (CO_BUSY | CO_ROOT)) return "normal";
  if (lua_status(co) == LUA_YIELD) return "suspended";
  return lua_status(co) == LUA_OK && lua_gettop(co) > 0 ? "suspended" : "dead";
}

static int body_end(lua_State *L, int status, lua_KContext context) {
  (void)context;
  return status == LUA_OK || status == LUA_YIELD ? lua_gettop(L) : lua_error(L);
}

/// Runs a coroutine's function inside a protected call, so that hooks are on again when its pending closes run.
static int body(lua_State *L) {
  return body_end(L, lua_pcallk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, 0, body_end), 0);
}

static int create(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  *co_word(co) = 0;
  vm_hook_fit(vm_of(L), co);
  lua_pushcfunction(co, body);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

static int resume_end(lua_State *L, int status, lua_KContext wrapped);

/// Resumes `co` and pushes what it yields or returns, then their number is the result; or an error and -1.
static int step(lua_State *L, lua_State *co, int count, lua_KContext wrapped) {
  clua_vm *vm = vm_of(L);
  if ((char *)__builtin_frame_address(0) < vm->stack_limit) return luaL_error(L, "C stack overflow");
  co_set_flags(co, CO_BUSY | (can_wait(L) ? CO_CHAIN : 0));
  co_set_inner(L, co);
  vm_hook_fit(vm, co);
  vm->current = co;
  int results = 0;
  int status = lua_resume(co, L, count, &results);
  vm->current = L;
  if (status == LUA_YIELD && vm->signal != SIGNAL_NONE) return lua_yieldk(L, 0, wrapped, resume_end);
  co_set_inner(L, NULL);
  co_set_flags(co, 0);
  vm_hook_fit(vm, L);
  if (status == LUA_OK || status == LUA_YIELD) {
    if (!lua_checkstack(L, results + 2)) {
      lua_pop(co, results);
      lua_pushliteral(L, "too many results to resume");
      return -1;
    }
    lua_xmove(co, L, results);
    return results;
  }
  if (must_die(vm)) return vm_die(L);
  lua_pushvalue(co, -1);
  lua_xmove(co, L, 1);
  return -1;
}

static int present(lua_State *L, int results, bool wrapped) {
  if (!wrapped) {
    lua_pushboolean(L, results >= 0);
    int count = results < 0 ? 1 : results;
    lua_insert(L, -(count + 1));
    return count + 1;
  }
  if (results >= 0) return results;
  if (lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int resume_end(lua_State *L, int status, lua_KContext wrapped) {
  (void)status;
  lua_State *co = lua_tothread(L, wrapped ? lua_upvalueindex(1) : 1);
  lua_settop(L, wrapped ? 0 : 1);
  return present(L, step(L, co, 0, wrapped), wrapped != 0);
}

static int resume_with(lua_State *L, lua_State *co, int count, bool wrapped) {
  const char *status = status_name(L, co);
  if (strcmp(status, "suspended") != 0) {
    lua_pushfstring(L, strcmp(status, "dead") == 0 ? "cannot resume %s coroutine" : "cannot resume non-suspended coroutine", status);
    return present(L, -1, wrapped);
  }
  if (!lua_checkstack(co, count + 2)) {
    lua_pushliteral(L, "too many arguments to resume");
    return present(L, -1, wrapped);
  }
  int extra = lua_status(co) == LUA_OK ? 1 : 0;
  lua_xmove(L, co, count);
  return present(L, step(L, co, count + extra, wrapped), wrapped);
}

static int resume(lua_State *L) { return resume_with(L, check_coroutine(L), lua_gettop(L) - 1, false); }

static int wrapped_resume(lua_State *L) {
  return resume_with(L, lua_tothread(L, lua_upvalueindex(1)), lua_gettop(L), true);
}

static int wrap(lua_State *L) {
  create(L);
  lua_pushcclosure(L, wrapped_resume, 1);
  return 1;
}

static int yield(lua_State *L) {
  if (*co_word(L) & CO_ROOT) return luaL_error(L, "attempt to yield from outside a coroutine");
  vm_of(L)->signal = SIGNAL_NONE;
  return lua_yield(L, lua_gettop(L));
}

static int status(lua_State *L) {
  lua_pushstring(L, status_name(L, check_coroutine(L)));
  return 1;
}

static int isyieldable(lua_State *L) {
  lua_State *co = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
  lua_pushboolean(L, !(*co_word(co) & CO_ROOT) && lua_isyieldable(co));
  return 1;
}

static int running(lua_State *L) {
  lua_pushthread(L);
  lua_pushboolean(L, (*co_word(L) & CO_ROOT) != 0);
  return 2;
}

static int close(lua_State *L) {
  lua_State *co = check_coroutine(L);
  clua_vm *vm = vm_of(L);
  const char *name = status_name(L, co);
  if (strcmp(name, "suspended") != 0 && strcmp(name, "dead") != 0)
    return luaL_error(L, "cannot close a %s coroutine", name);
  // A reset does not count its C calls on top of ours, so it is the stack itself that is looked at.
  if ((char *)__builtin_frame_address(0) < vm->stack_limit) return luaL_error(L, "C stack overflow");
  if (lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD) {  // the body's call has closed everything already
    bool failed = lua_gettop(co) > 0;
    lua_pushboolean(L, !failed);
    if (!failed) return 1;
    lua_xmove(co, L, 1);
    lua_settop(co, 0);
    return 2;
  }
  co_set_flags(co, CO_BUSY);
  vm->current = co;
  int result = lua_resetthread(co);
  vm->current = L;
  co_set_flags(co, 0);
  if (must_die(vm)) return vm_die(L);
  lua_pushboolean(L, result == LUA_OK);
  if (result == LUA_OK) return 1;
  lua_xmove(co, L, 1);
  return 2;
}

void coroutine_open(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"create", create}, {"resume", resume}, {"wrap", wrap}, {"yield", yield}, {"status", status},
      {"isyieldable", isyieldable}, {"running", running}, {"close", close}, {NULL, NULL}};
  luaL_newlib(L, functions);
}
