// Tasks: coroutines that the driver resumes, slice by slice.
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void leave_account(clua_task *task) {
  if (--task->account->holders == 0) free(task->account);
}

void task_free(clua_task *task) {
  leave_account(task);
  free(task->trace);
  free(task);
}

static clua_task *new_task(clua_vm *vm, lua_CFunction function, request *r) {
  clua_task *task = calloc(1, sizeof *task);
  account *own = calloc(1, sizeof *own);
  if (!task || !own) {
    free(task);
    free(own);
    return NULL;
  }
  task->vm = vm;
  task->account = own;
  own->holders = 1;
  r->vm = vm;
  void *pair[2] = {r, task};
  if (!vm_protected(vm, function, &(request){.text = (const char *)pair})) {
    task_free(task);
    return NULL;
  }
  task->serial = ++vm->serials;
  task->next = vm->tasks;
  vm->tasks = task;
  return task;
}

static int traced(lua_State *L) {
  clua_vm *vm = vm_of(L);
  if (!must_die(vm)) vm_trace(vm->task, L);
  return 1;
}

static int tell(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

static int describe(lua_State *L) {
  lua_pushcfunction(L, tell);
  lua_insert(L, 1);
  if (lua_pcall(L, 1, 1, 0) != LUA_OK) lua_pushliteral(L, "an error value that cannot be read");
  return 1;
}

static int write_error(lua_State *L) {
  wire_values(L, vm_of(L), 1, 1);
  return 0;
}

/// Writes results or the error value while the task's coroutine is still protected.
static int task_ended(lua_State *L, int status, lua_KContext context) {
  (void)context;  // 1 handler, 2 … results or the error
  clua_vm *vm = vm_of(L);
  if (status == LUA_OK || status == LUA_YIELD) {
    vm->describing = vm->task->describes;
    vm->budget = SHOWN_ENTRIES;
    wire_values(L, vm, 2, lua_gettop(L));
    vm->describing = false;
    vm->task->outcome = CLUA_DONE;
    return 0;
  }
  if (must_die(vm)) return vm_die(L);
  vm->task->outcome = CLUA_ERROR;
  lua_settop(L, 2);
  int type = lua_type(L, 2);
  if (type > LUA_TTABLE || type == LUA_TLIGHTUSERDATA) {
    lua_pushfstring(L, "the script raised a %s value as an error", luaL_typename(L, 2));
  } else {
    // A table that reads as a text is that text, but one of ours is itself.
    bool told = type == LUA_TTABLE && !failure_is(L, 2) && luaL_getmetafield(L, 2, "__tostring") != LUA_TNIL;
    lua_settop(L, 2);
    lua_pushcfunction(L, told ? describe : write_error);
    lua_pushvalue(L, 2);
    if (lua_pcall(L, 1, told ? 1 : 0, 0) == LUA_OK && !told) return 0;
    if (must_die(vm)) return vm_die(L);
    if (lua_type(L, -1) != LUA_TSTRING || !told) lua_pushliteral(L, "an error value that cannot be read");
  }
  wire_values(L, vm, lua_gettop(L), lua_gettop(L));
  return 0;
}

static int task_body(lua_State *L) {
  lua_pushcfunction(L, traced);
  lua_insert(L, 1);
  int count = wire_push(L, vm_of(L));
  return task_ended(L, lua_pcallk(L, count, LUA_MULTRET, 1, 0, task_ended), 0);
}

static void make_coroutine(lua_State *L, clua_task *task) {
  lua_State *co = lua_newthread(L);
  *co_word(co) = CO_ROOT | CO_CHAIN;
  task->reference = luaL_ref(L, LUA_REGISTRYINDEX);
  task->L = co;
  lua_pushcfunction(co, task_body);
  lua_xmove(L, co, 1);
}

static int make_chunk(lua_State *L) {
  void **pair = (void **)((request *)lua_touserdata(L, 1))->text;
  request *r = pair[0];
  lua_settop(L, 0);
  lua_pushlightuserdata(L, r);
  vm_load_text(L);
  make_coroutine(L, pair[1]);
  return 0;
}

static int make_call(lua_State *L) {
  void **pair = (void **)((request *)lua_touserdata(L, 1))->text;
  request *r = pair[0];
  lua_rawgeti(L, LUA_REGISTRYINDEX, r->id);
  luaL_checktype(L, -1, LUA_TFUNCTION);
  make_coroutine(L, pair[1]);
  return 0;
}

clua_task *clua_task_chunk(clua_vm *vm, const char *text, size_t length, const char *name) {
  return new_task(vm, make_chunk, &(request){.text = text, .length = length, .name = name});
}

clua_task *clua_task_function(clua_vm *vm, int32_t reference) {
  return new_task(vm, make_call, &(request){.id = reference});
}

void clua_task_limit(clua_task *task, uint64_t cpu, uint64_t wall, uint64_t output, uint64_t slice) {
  task->account->cpu_limit = cpu;
  task->wall_deadline = wall ? vm_now() + wall : 0;
  task->account->output_limit = output;
  task->slice = slice;
}

void clua_task_share(clua_task *task, const clua_task *parent) {
  leave_account(task);
  task->account = parent->account;
  task->account->holders++;
  uint64_t deadline = parent->wall_deadline;
  if (deadline && (!task->wall_deadline || deadline < task->wall_deadline)) task->wall_deadline = deadline;
}

void clua_task_describe(clua_task *task) { task->describes = true; }

static void enter(clua_task *task) {
  clua_vm *vm = task->vm;
  vm->describing = false;
  vm->stack_limit = (char *)__builtin_frame_address(0) - vm->stack / 2;
  vm->task = task;
  vm->signal = SIGNAL_NONE;
  task->slice_start = vm_cpu();
}

static void leave(clua_task *task) {
  task->account->cpu_used += vm_cpu() - task->slice_start;
  task->vm->task = NULL;
  task->vm->current = NULL;
}

static int reset(lua_State *L) {
  lua_State *co = lua_touserdata(L, 1);
  lua_resetthread(co);
  lua_settop(co, 0);
  return 0;
}

/// Runs the pending closes of a task that was stopped while it could yield, innermost coroutine first.
static void unwind(clua_task *task) {
  clua_vm *vm = task->vm;
  lua_State *chain[256];
  size_t count = 0;
  for (lua_State *L = task->L; L && count < 256; L = co_inner(L)) chain[count++] = L;
  task->grace = true;
  task->grace_end = vm_now() + GRACE_NS;
  vm->task = task;
  while (count > 0) {
    lua_State *co = chain[--count];
    *co_word(co) = CO_BUSY;
    vm->current = co;
    lua_pushcfunction(vm->L, reset);
    lua_pushlightuserdata(vm->L, co);
    if (lua_pcall(vm->L, 1, 0, 0) != LUA_OK) lua_pop(vm->L, 1);
    *co_word(co) = 0;
  }
  vm->current = NULL;
}

typedef struct {
  clua_task *task;
  int status, results;
} resumption;

static int resume_task(lua_State *L) {
  resumption *r = lua_touserdata(L, 1);
  lua_State *co = r->task->L;
  vm_hook_fit(vm_of(L), co);
  vm_of(L)->current = co;
  r->status = lua_resume(co, L, lua_status(co) == LUA_OK ? 1 : 0, &r->results);
  return 0;
}

static int stopped(clua_task *task) {
  task->finished = true;
  unwind(task);
  leave(task);
  return CLUA_KILLED;
}

int clua_task_step(clua_task *task, bool raise) {
  clua_vm *vm = task->vm;
  if (task->finished) return CLUA_KILLED;
  enter(task);
  vm->answer_raises = raise;
  resumption r = {.task = task, .status = LUA_ERRRUN};
  lua_pushcfunction(vm->L, resume_task);
  lua_pushlightuserdata(vm->L, &r);
  if (lua_pcall(vm->L, 1, 0, 0) != LUA_OK) lua_pop(vm->L, 1);
  vm->current = NULL;
  if (r.status == LUA_YIELD) {
    if (task->dying || vm->signal == SIGNAL_KILL) return stopped(task);
    leave(task);
    if (vm->signal == SIGNAL_PREEMPT) return CLUA_PREEMPTED;
    return vm->signal == SIGNAL_WAIT ? CLUA_WAIT : CLUA_REQUEST;
  }
  task->finished = true;
  leave(task);
  if (task->dying) return CLUA_KILLED;
  if (r.status == LUA_OK) return task->outcome;
  if (lua_type(task->L, -1) == LUA_TSTRING) {
    size_t length;
    const char *text = lua_tolstring(task->L, -1, &length);
    wire_text(vm, text, length);
  } else {
    static const char unknown[] = "the script failed";
    wire_text(vm, unknown, sizeof unknown - 1);
  }
  return CLUA_ERROR;
}

void clua_task_stop(clua_task *task, int reason) {
  int none = CLUA_RUNNING;
  atomic_compare_exchange_strong(&task->stop, &none, reason);
}

void clua_task_kill(clua_task *task, int reason) {
  if (task->finished) return;
  enter(task);
  if (!task->dying) {
    lua_State *leaf = task->L;
    while (co_inner(leaf)) leaf = co_inner(leaf);
    vm_trace(task, leaf);
    task->dying = reason;
  }
  stopped(task);
}

int clua_task_reason(const clua_task *task) { return task->dying ? task->dying : atomic_load(&task->stop); }
uint64_t clua_task_cpu(const clua_task *task) { return task->account->cpu_used; }
int32_t clua_task_request(const clua_task *task) { return task->request; }
const char *clua_task_trace(const clua_task *task) { return task->trace ? task->trace : ""; }

void clua_task_end(clua_task *task) {
  clua_vm *vm = task->vm;
  if (!task->finished) clua_task_kill(task, CLUA_CANCELLED);
  for (clua_task **link = &vm->tasks; *link; link = &(*link)->next) {
    if (*link == task) {
      *link = task->next;
      break;
    }
  }
  clua_release_reference(vm, task->reference);
  if (vm->used > vm->cap) clua_collect(vm);
  task_free(task);
}
