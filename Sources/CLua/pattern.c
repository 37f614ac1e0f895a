// Patterns as the Lua manual describes them, with a look at the limits every few thousand steps.
#include "internal.h"

#include <ctype.h>
#include <string.h>

static bool in_class(int c, int class) {
  bool result;
  switch (tolower(class)) {
    case 'a': result = isalpha(c); break;
    case 'c': result = iscntrl(c); break;
    case 'd': result = isdigit(c); break;
    case 'g': result = isgraph(c); break;
    case 'l': result = islower(c); break;
    case 'p': result = ispunct(c); break;
    case 's': result = isspace(c); break;
    case 'u': result = isupper(c); break;
    case 'w': result = isalnum(c); break;
    case 'x': result = isxdigit(c); break;
    default: return class == c;
  }
  return isupper(class) ? !result : result;
}

/// Where the single-character item at `p` ends.
static const char *item_end(matcher *m, const char *p) {
  char first = *p++;
  if (first == '%') {
    if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 1;
  }
  if (first != '[') return p;
  if (p < m->pattern_end && *p == '^') p++;
  for (bool begun = false;; begun = true) {
    if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
    if (*p == ']' && begun) return p + 1;
    if (*p++ == '%') {
      if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
      p++;
    }
  }
}

/// Says whether `c` is in the set from `p`, its bracket, to `last`, its closing bracket.
static bool in_set(int c, const char *p, const char *last) {
  bool found = true;
  if (*++p == '^') {
    found = false;
    p++;
  }
  while (p < last) {
    if (*p == '%') {
      if (in_class(c, (unsigned char)p[1])) return found;
      p += 2;
    } else if (p + 2 < last && p[1] == '-') {
      if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2]) return found;
      p += 3;
    } else {
      if ((unsigned char)*p == c) return found;
      p++;
    }
  }
  return !found;
}

static bool matches_one(matcher *m, const char *s, const char *p, const char *end) {
  vm_step(m->L, m->vm, end - p > 8 ? (int)(end - p > STEPS ? STEPS : end - p) : 1);
  if (s >= m->source_end) return false;
  int c = (unsigned char)*s;
  switch (*p) {
    case '.': return true;
    case '%': return in_class(c, (unsigned char)p[1]);
    case '[': return in_set(c, p, end - 1);
    default: return (unsigned char)*p == c;
  }
}

static const char *match_balanced(matcher *m, const char *s, const char *p) {
  if (m->pattern_end - p < 2) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
  if (s >= m->source_end || *s != p[0]) return NULL;
  size_t depth = 1;
  for (s++; s < m->source_end; s++) {
    vm_step(m->L, m->vm, 1);
    if (*s == p[1]) {
      if (--depth == 0) return s + 1;
    } else if (*s == p[0]) {
      depth++;
    }
  }
  return NULL;
}

static bool at_frontier(matcher *m, const char *s, const char *p, const char *end) {
  int before = s == m->source ? 0 : (unsigned char)s[-1];
  int after = s < m->source_end ? (unsigned char)*s : 0;
  return !in_set(before, p, end - 1) && in_set(after, p, end - 1);
}

static const char *match_back(matcher *m, const char *s, int digit) {
  int index = digit - '1';
  if (index < 0 || index >= m->captures || m->capture[index].length == CAPTURE_OPEN)
    luaL_error(m->L, "invalid capture index %%%d", index + 1);
  ptrdiff_t length = m->capture[index].length;
  if (length < 0 || m->source_end - s < length) return NULL;
  vm_step(m->L, m->vm, (int)(1 + length / 64));
  return memcmp(m->capture[index].start, s, (size_t)length) == 0 ? s + length : NULL;
}

static const char *match_open(matcher *m, const char *s, const char *p, ptrdiff_t kind) {
  if (m->captures >= MAX_CAPTURES) luaL_error(m->L, "too many captures");
  m->capture[m->captures].start = s;
  m->capture[m->captures].length = kind;
  m->captures++;
  const char *end = pattern_match(m, s, p);
  if (!end) m->captures--;
  return end;
}

static const char *match_close(matcher *m, const char *s, const char *p) {
  int index = m->captures - 1;
  while (index >= 0 && m->capture[index].length != CAPTURE_OPEN) index--;
  if (index < 0) luaL_error(m->L, "invalid pattern capture");
  m->capture[index].length = s - m->capture[index].start;
  const char *end = pattern_match(m, s, p);
  if (!end) m->capture[index].length = CAPTURE_OPEN;
  return end;
}

static const char *match_greedy(matcher *m, const char *s, const char *p, const char *end, ptrdiff_t least) {
  ptrdiff_t count = 0;
  while (matches_one(m, s + count, p, end)) count++;
  for (; count >= least; count--) {
    const char *result = pattern_match(m, s + count, end + 1);
    if (result) return result;
  }
  return NULL;
}

static const char *match_lazy(matcher *m, const char *s, const char *p, const char *end) {
  for (;;) {
    const char *result = pattern_match(m, s, end + 1);
    if (result) return result;
    if (!matches_one(m, s, p, end)) return NULL;
    s++;
  }
}

static const char *match_here(matcher *m, const char *s, const char *p) {
  for (;;) {
    vm_step(m->L, m->vm, 1);
    if (p == m->pattern_end) return s;
    if (*p == '(') {
      bool position = p + 1 < m->pattern_end && p[1] == ')';
      return position ? match_open(m, s, p + 2, CAPTURE_POSITION) : match_open(m, s, p + 1, CAPTURE_OPEN);
    }
    if (*p == ')') return match_close(m, s, p + 1);
    if (*p == '$' && p + 1 == m->pattern_end) return s == m->source_end ? s : NULL;
    if (*p == '%' && p + 1 < m->pattern_end) {
      if (p[1] == 'b') {
        s = match_balanced(m, s, p + 2);
        if (!s) return NULL;
        p += 4;
        continue;
      }
      if (p[1] == 'f') {
        p += 2;
        if (p == m->pattern_end || *p != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
        const char *end = item_end(m, p);
        if (!at_frontier(m, s, p, end)) return NULL;
        p = end;
        continue;
      }
      if (isdigit((unsigned char)p[1])) {
        s = match_back(m, s, p[1]);
        if (!s) return NULL;
        p += 2;
        continue;
      }
    }
    const char *end = item_end(m, p);
    switch (end < m->pattern_end ? *end : 0) {
      case '*': return match_greedy(m, s, p, end, 0);
      case '+': return match_greedy(m, s, p, end, 1);
      case '-': return match_lazy(m, s, p, end);
      case '?':
        if (matches_one(m, s, p, end)) {
          const char *result = pattern_match(m, s + 1, end + 1);
          if (result) return result;
        }
        p = end + 1;
        continue;
      default:
        if (!matches_one(m, s, p, end)) return NULL;
        s++;
        p = end;
    }
  }
}

const char *pattern_match(matcher *m, const char *s, const char *p) {
  if (++m->nesting > MAX_NESTING) luaL_error(m->L, "pattern too complex");
  const char *end = match_here(m, s, p);
  m->nesting--;
  return end;
}
