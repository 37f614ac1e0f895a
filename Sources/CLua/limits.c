#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The address of this is the error that stops a task. No script ever sees it.
static char sentinel;

static uint64_t read_clock(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

uint64_t vm_now(void) { return read_clock(CLOCK_MONOTONIC); }
uint64_t vm_cpu(void) { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

static void arm(clua_vm *vm) {
  if (vm->armed || !vm->current) return;
  vm->armed = true;
  lua_sethook(vm->current, vm_hook, LUA_MASKCOUNT, 1);
}

/// Counts and never refuses: a refused allocation starts an emergency collection, in which Lua 5.4.4 can use what it
/// has freed. Over the cap the hook is called for at the next instruction. Only a string that would go far beyond is
/// never made: the task is stopped at the point where Lua itself would report that memory is out.
void *vm_allocate(void *ud, void *block, size_t old_size, size_t new_size) {
  clua_vm *vm = ud;
  size_t old = block ? old_size : 0;
  if (new_size == 0) {
    free(block);
    vm->used -= old;
    if (old >= BIG_BLOCK) vm->big--;
    return NULL;
  }
  if (!block && old_size == LUA_TSTRING && new_size >= BIG_BLOCK && vm->current && vm->task &&
      (new_size > vm->cap || vm->used + new_size > 2 * vm->cap)) {
    vm->task->dying = vm->task->dying ? vm->task->dying : CLUA_MEMORY;
    vm->task->grace = false;
    vm_die(vm->current);
  }
  void *result = realloc(block, new_size);
  if (!result) return NULL;
  vm->used += new_size - old;
  if (old >= BIG_BLOCK) vm->big--;
  if (new_size >= BIG_BLOCK) {
    vm->big++;
    if (new_size > old) arm(vm);
  }
  if (new_size > old && vm->used > vm->cap) arm(vm);
  return result;
}

/// Gives a coroutine's hook the interval that fits the blocks that live.
void vm_hook_fit(clua_vm *vm, lua_State *L) {
  int interval = vm->big ? HOOK_INTERVAL_BIG : HOOK_INTERVAL;
  if (lua_gethookcount(L) != interval) lua_sethook(L, vm_hook, LUA_MASKCOUNT, interval);
}

int vm_die(lua_State *L) {
  lua_pushlightuserdata(L, &sentinel);
  return lua_error(L);
}

int vm_kill(lua_State *L, int reason) {
  clua_task *task = vm_of(L)->task;
  if (!task->dying) {
    task->dying = reason;
    vm_trace(task, L);
  }
  task->grace = false;
  return vm_die(L);
}

/// Why the running task must stop now, if it must. Preemption is asked for in `preempt`.
static int verdict(lua_State *L, clua_vm *vm, bool *preempt) {
  clua_task *task = vm->task;
  if (task->dying) {
    if (task->grace && vm_now() < task->grace_end) return CLUA_RUNNING;
    return task->dying;
  }
  int reason = atomic_load_explicit(&task->stop, memory_order_relaxed);
  if (reason) return reason;
  if (vm->used > vm->cap) {
    lua_gc(L, LUA_GCCOLLECT);
    if (vm->used > vm->cap) return CLUA_MEMORY;
    reason = atomic_load_explicit(&task->stop, memory_order_relaxed);
    if (reason) return reason;
  } else if ((++vm->ticks & 15) && !vm->big) {
    return CLUA_RUNNING;
  }
  uint64_t cpu = vm_cpu() - task->slice_start;
  const account *account = task->account;
  if (account->cpu_limit && account->cpu_used + cpu > account->cpu_limit) return CLUA_CPU;
  if (task->wall_deadline && vm_now() > task->wall_deadline) return CLUA_WALL;
  if (preempt && task->slice && cpu > task->slice) *preempt = true;
  return CLUA_RUNNING;
}

/// Looks at the limits from inside a library function.
void vm_check(lua_State *L) {
  clua_vm *vm = vm_of(L);
  if (!vm->task) return;
  int reason = verdict(L, vm, NULL);
  if (reason) vm_kill(L, reason);
}

/// The count hook. A stopped task yields and is never resumed: nothing of it can catch that.
void vm_hook(lua_State *L, lua_Debug *ar) {
  (void)ar;
  clua_vm *vm = vm_of(L);
  vm->armed = false;
  vm_hook_fit(vm, L);
  if (!vm->task) return;
  bool preempt = false;
  int reason = verdict(L, vm, &preempt);
  if (reason) {
    if (vm->task->dying || !can_wait(L)) {
      vm_kill(L, reason);
      return;
    }
    vm->task->dying = reason;
    vm_trace(vm->task, L);
    vm->signal = SIGNAL_KILL;
    lua_yield(L, 0);
  } else if (preempt && !vm->task->dying && can_wait(L)) {
    vm->signal = SIGNAL_PREEMPT;
    lua_yield(L, 0);
  }
}

/// Raises unless `size` more bytes fit below the cap.
void vm_reserve(lua_State *L, size_t size) {
  clua_vm *vm = vm_of(L);
  if (size < 4096 || (size <= vm->cap && vm->used + size <= vm->cap)) return;
  if (size <= vm->cap) {
    lua_gc(L, LUA_GCCOLLECT);
    vm_check(L);
    if (vm->used + size <= vm->cap) return;
  }
  luaL_error(L, "not enough memory: the result would be larger than what the memory limit leaves");
}

/// Raises unless a buffer can take `more` bytes: it grows by doubling.
void vm_room(lua_State *L, luaL_Buffer *b, size_t more) {
  if (more > b->size - b->n) vm_reserve(L, b->size + more);
}

/// Writes where `L` is into the task's trace, without Lua memory and without walking deep stacks.
void vm_trace(clua_task *task, lua_State *L) {
  size_t length = 0;
  if (!task->trace && !(task->trace = malloc(TRACE_SIZE))) return;
  task->trace[0] = 0;
  lua_Debug ar;
  int written = 0;
  for (int level = 0; level < 40 && written < 12 && lua_getstack(L, level, &ar); level++) {
    if (!lua_getinfo(L, "Sln", &ar) || ar.currentline < 0) continue;
    const char *what = *ar.what == 'm' ? "main chunk" : ar.name ? ar.name : "function";
    char line[160];
    int n = snprintf(
        line, sizeof line, ar.name && *ar.what != 'm' ? "%s:%d: in '%s'" : "%s:%d: in %s", ar.short_src,
        ar.currentline, what);
    if (n < 0) return;
    size_t size = strlen(line);
    if (length + size + 2 > TRACE_SIZE) return;
    if (length) task->trace[length++] = '\n';
    memcpy(task->trace + length, line, size + 1);
    length += size;
    written++;
  }
}
