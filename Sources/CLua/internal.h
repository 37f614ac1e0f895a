#ifndef CLUA_INTERNAL_H
#define CLUA_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // memmem
#endif

#include "clua.h"

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#include <stdatomic.h>

// The count hook's interval in instructions, and the one while a block lives that makes single instructions slow.
#define HOOK_INTERVAL 1000
#define HOOK_INTERVAL_BIG 16
#define BIG_BLOCK (512 * 1024)
// Steps of a library function between two looks at the limits.
#define STEPS 2000
#define MAX_DEPTH 64
#define MAX_ENTRIES 1000000
// What people are shown of a value.
#define SHOWN_DEPTH 10
#define SHOWN_ENTRIES 20000
#define MAX_WIRE (64u * 1024 * 1024)
#define MAX_CHUNK (1024 * 1024)
#define GRACE_NS 20000000ull
#define TRACE_SIZE 2048

typedef struct {
  uint8_t *data;
  size_t length, capacity;
} buffer;

enum { SIGNAL_NONE, SIGNAL_REQUEST, SIGNAL_PREEMPT, SIGNAL_KILL, SIGNAL_WAIT };

/// What a task, and the tasks that it waits for, have used together.
typedef struct {
  int holders;
  uint64_t cpu_used, cpu_limit, output, output_limit;
} account;

struct clua_task {
  clua_vm *vm;
  clua_task *next;
  lua_State *L;
  int reference;
  lua_Integer serial;
  int32_t request;
  _Atomic int stop;
  int dying;         // why the task is being stopped; nothing of it may catch that
  bool grace;        // pending closes run
  bool finished;
  bool describes;    // its results are for people
  int outcome;
  account *account;
  uint64_t wall_deadline, slice, slice_start, grace_end;
  char *trace;
};

struct clua_vm {
  lua_State *L;
  clua_host host;
  size_t used, cap;
  size_t big;         // blocks that live and are big
  bool armed;         // the hook was called for early
  lua_State *current; // the coroutine that runs
  clua_task *task;    // the task that runs
  clua_task *tasks;
  lua_Integer serials;
  int signal;
  unsigned ticks;
  int steps;
  char *stack_limit;
  size_t stack;
  lua_State *call;    // whose stack holds the arguments of the immediate call
  bool call_written, answer_raises;
  int64_t given_integer;
  double given_number;
  uint8_t *concat_length;  // of Lua's own "__concat"; NULL where that is in use
  bool describing;    // what is written is for people
  int budget;         // entries that may still be written
  buffer out, answer, text;
  int *fresh;         // references in an output that nobody has taken yet
  size_t fresh_count, fresh_capacity;
};

// A coroutine's own word: the coroutine that it resumed, and flags.
#define CO_BUSY 1u   // it runs, or waits inside another's resume
#define CO_CHAIN 2u  // everything below it can yield
#define CO_ROOT 4u   // it is a task's own
#define CO_FLAGS 7u

static inline uintptr_t *co_word(lua_State *L) { return (uintptr_t *)lua_getextraspace(L); }
static inline lua_State *co_inner(lua_State *L) { return (lua_State *)(*co_word(L) & ~(uintptr_t)CO_FLAGS); }
static inline void co_set_inner(lua_State *L, lua_State *inner) {
  *co_word(L) = (*co_word(L) & CO_FLAGS) | (uintptr_t)inner;
}
static inline void co_set_flags(lua_State *L, unsigned flags) {
  *co_word(L) = (*co_word(L) & ~(uintptr_t)CO_FLAGS) | flags;
}

static inline clua_vm *vm_of(lua_State *L) {
  void *vm;
  lua_getallocf(L, &vm);
  return vm;
}

/// Says whether the task is to end without another catch.
static inline bool must_die(const clua_vm *vm) { return vm->task && vm->task->dying && !vm->task->grace; }
static inline bool can_wait(lua_State *L) { return (*co_word(L) & CO_CHAIN) && lua_isyieldable(L); }

/// What a protected function gets.
typedef struct {
  clua_vm *vm;
  const char *text, *name;
  size_t length;
  int32_t id;
  void *function;
} request;

// state.c
bool vm_protected(clua_vm *vm, lua_CFunction function, request *r);
int vm_load_text(lua_State *L);

// tasks.c
void task_free(clua_task *task);

// limits.c
void *vm_allocate(void *ud, void *block, size_t old_size, size_t new_size);
void vm_hook(lua_State *L, lua_Debug *ar);
void vm_hook_fit(clua_vm *vm, lua_State *L);
int vm_die(lua_State *L);
int vm_kill(lua_State *L, int reason);
void vm_check(lua_State *L);
void vm_reserve(lua_State *L, size_t size);
void vm_room(lua_State *L, luaL_Buffer *b, size_t more);
void vm_trace(clua_task *task, lua_State *L);
uint64_t vm_now(void);
uint64_t vm_cpu(void);
static inline void vm_step(lua_State *L, clua_vm *vm, int steps) {
  if ((vm->steps += steps) >= STEPS) {
    vm->steps = 0;
    vm_check(L);
  }
}

// wire.c
void buffer_append(buffer *b, const void *bytes, size_t length);
void wire_text(clua_vm *vm, const char *text, size_t length);
void wire_begin(lua_State *L, clua_vm *vm);
void wire_value(lua_State *L, clua_vm *vm, int index, int depth);
void wire_values(lua_State *L, clua_vm *vm, int first, int last);
int wire_push(lua_State *L, clua_vm *vm);
void failure_open(lua_State *L);
bool failure_is(lua_State *L, int index);

#define MAX_CAPTURES 32
#define MAX_NESTING 200
// What a capture's length is besides a length.
#define CAPTURE_OPEN (-1)
#define CAPTURE_POSITION (-2)

typedef struct {
  lua_State *L;
  clua_vm *vm;
  const char *source, *source_end, *pattern_end;
  int captures, nesting;
  struct {
    const char *start;
    ptrdiff_t length;
  } capture[MAX_CAPTURES];
} matcher;

// pattern.c
const char *pattern_match(matcher *m, const char *s, const char *p);

// The libraries.
void base_open(lua_State *L);
void coroutine_open(lua_State *L);
void string_open(lua_State *L);
void pattern_open(lua_State *L);
void table_open(lua_State *L);
void modules_open(lua_State *L);
int host_function(lua_State *L);

#endif
