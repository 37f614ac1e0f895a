#ifndef CLUA_H
#define CLUA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The release of the Lua library in use, such as "Lua 5.4.4".
const char *clua_release(void);

// No function below raises a Lua error: what may raise runs protected inside. Apart from `clua_task_stop`, all calls
// for one state belong to one thread.

/// A sandboxed Lua state with its limits.
typedef struct clua_vm clua_vm;

/// One thread of execution of a state: a chunk or a function that runs, waits and ends.
typedef struct clua_task clua_task;

/// What a slice of a task ended with.
enum {
  CLUA_DONE = 0,       ///< The task ended; its results are the output.
  CLUA_ERROR = 1,      ///< The task raised; the error value is the output.
  CLUA_REQUEST = 2,    ///< The task waits for an answer; the arguments are the output.
  CLUA_PREEMPTED = 3,  ///< The task used up its slice and goes on with the next one.
  CLUA_KILLED = 4,     ///< The task was stopped and has ended.
  CLUA_WAIT = 5,       ///< The task waits for a module that another task is loading.
};

/// Why a task is stopped.
enum {
  CLUA_RUNNING = 0,
  CLUA_CANCELLED = 1,
  CLUA_CPU = 2,
  CLUA_WALL = 3,
  CLUA_MEMORY = 4,
  CLUA_OUTPUT = 5,
};

/// How values are written: a tag, then what it announces. Numbers are in the machine's byte order.
enum {
  CLUA_TAG_NIL = 0,
  CLUA_TAG_FALSE = 1,
  CLUA_TAG_TRUE = 2,
  CLUA_TAG_INTEGER = 3,   ///< int64
  CLUA_TAG_NUMBER = 4,    ///< double
  CLUA_TAG_STRING = 5,    ///< uint32 length, bytes
  CLUA_TAG_ARRAY = 6,     ///< uint32 count, values
  CLUA_TAG_TABLE = 7,     ///< uint32 count, keys and values in turn
  CLUA_TAG_FUNCTION = 8,  ///< int32 reference
  CLUA_TAG_FAILURE = 9,   ///< as a table; one that reads as an error message
  CLUA_TAG_OPAQUE = 10,   ///< as a string; the description of a value that has no meaning outside of Lua
};

/// What the functions of the host answer with: what was put into the answer, an error that is the answer, or one value
/// without going through the answer. The number of the last two is given with `clua_give_…`.
enum { CLUA_VALUES = 0, CLUA_RAISE = 1, CLUA_FALSE = 2, CLUA_TRUE = 3, CLUA_INTEGER = 4, CLUA_NUMBER = 5 };

/// The functions of the host. They run on the state's thread and must not call anything but arguments and answers.
typedef struct {
  void *context;
  /// Carries out an immediate function with `count` arguments; `function` is what it was registered with.
  int (*call)(void *function, int32_t count);
  /// Takes what the script printed, without the last line's end.
  void (*print)(void *context, const char *text, size_t length);
  /// Answers with a module's chunk name and text, with a text that says why it cannot be read, or with nothing.
  int (*module)(void *context, const char *name, size_t length);
} clua_host;

/// The limits of a state; zero CPU, wall or output means none.
typedef struct {
  size_t memory;
  size_t stack;
} clua_limits;

/// Creates a state, or returns NULL where memory is out.
clua_vm *clua_new(const clua_limits *limits, const clua_host *host);

/// Frees a state, its tasks and everything in them.
void clua_free(clua_vm *vm);

/// The bytes that the state holds now.
size_t clua_memory(const clua_vm *vm);

/// Collects garbage.
void clua_collect(clua_vm *vm);

/// Makes a function known under a dotted name: `id` is what a task that waits for it asks for; an immediate one is
/// called with `immediate`, which is NULL for all others. Returns false where a part of the name is no table.
bool clua_register(clua_vm *vm, const char *name, int32_t id, void *immediate);

/// Sets what a dotted name stands for to the first value of the answer.
bool clua_set(clua_vm *vm, const char *name);

/// Reads the names that are known under a dotted name (or all globals for "") into the output, as an array.
bool clua_names(clua_vm *vm, const char *name);

/// Lets a function reference go.
void clua_release_reference(clua_vm *vm, int32_t reference);

/// Says whether a text compiles: 0 yes, 1 no, 2 no but more lines may complete it. The message is the output.
int clua_compile(clua_vm *vm, const char *text, size_t length, const char *name);

/// Creates a task that will run a text; NULL where it does not compile, with the message as the output.
clua_task *clua_task_chunk(clua_vm *vm, const char *text, size_t length, const char *name);

/// Creates a task that will call a referenced function; NULL where the reference is not one.
clua_task *clua_task_function(clua_vm *vm, int32_t reference);

/// Sets a task's limits: nanoseconds of CPU, nanoseconds from now, bytes printed, nanoseconds in one slice.
void clua_task_limit(clua_task *task, uint64_t cpu, uint64_t wall, uint64_t output, uint64_t slice);

/// Makes a task one that its parent waits for: what it uses counts for both together, and it ends when its parent must.
void clua_task_share(clua_task *task, const clua_task *parent);

/// Makes a task write what has no meaning outside of Lua, or is nested too deeply, as a text that describes it.
void clua_task_describe(clua_task *task);

/// Runs a task for a slice. The answer is its arguments at first, later what it waited for. Returns what it ended with.
int clua_task_step(clua_task *task, bool raise);

/// Asks a task to stop, from any thread. The first reason stays.
void clua_task_stop(clua_task *task, int reason);

/// Stops a waiting task now: its pending closes run for a moment, then it has ended.
void clua_task_kill(clua_task *task, int reason);

/// Why the task was stopped.
int clua_task_reason(const clua_task *task);

/// The CPU time that the task used, in nanoseconds.
uint64_t clua_task_cpu(const clua_task *task);

/// Which function a task that waits for an answer called.
int32_t clua_task_request(const clua_task *task);

/// Where a task that failed or was stopped was, one place a line.
const char *clua_task_trace(const clua_task *task);

/// Ends a task and frees it.
void clua_task_end(clua_task *task);

/// The output: values as written.
const uint8_t *clua_output(const clua_vm *vm, size_t *length);

/// Says whether the arguments of the immediate call are in the output, because there are tables among them.
bool clua_call_written(const clua_vm *vm);

/// The tag of an argument of the immediate call (from 1), of a value that is neither table nor function.
int clua_call_tag(const clua_vm *vm, int32_t index);
/// Reads an argument of the immediate call; false where it is no integer, or no number.
bool clua_call_integer(const clua_vm *vm, int32_t index, int64_t *value);
bool clua_call_number(const clua_vm *vm, int32_t index, double *value);
const char *clua_call_string(const clua_vm *vm, int32_t index, size_t *length);

/// The number that an immediate function answers with.
void clua_give_integer(clua_vm *vm, int64_t value);
void clua_give_number(clua_vm *vm, double value);

/// Begins an answer.
void clua_answer(clua_vm *vm);
void clua_put_tag(clua_vm *vm, int tag);
void clua_put_integer(clua_vm *vm, int64_t value);
void clua_put_number(clua_vm *vm, double value);
void clua_put_string(clua_vm *vm, const void *bytes, size_t length);
void clua_put_count(clua_vm *vm, int tag, uint32_t count);
void clua_put_reference(clua_vm *vm, int32_t reference);

#endif
