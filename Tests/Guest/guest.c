// A guest without an operating system: what the tests of VMs boot.
//
// A multiboot image (Multiboot Specification 0.6.96) whose command line says what it does:
//   idle       runs until its power button is pressed, and powers off then
//   stubborn   runs and pays no attention to it
//   exit=N     ends with the exit code N, an odd number, by QEMU's debug exit device
//   say=A|B    writes the lines A and B to the serial line and powers off
//   panic      crashes
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;

enum {
  serial = 0x3f8,
  debug_exit = 0xf4,
  // The power management registers of q35, where SeaBIOS puts them.
  pm_status = 0x600,
  pm_enable = 0x602,
  pm_control = 0x604,
  power_button = 0x100,
  sleep_enable = 0x2000,
};

__attribute__((section(".multiboot"), used, aligned(4))) static const u32 header[] = {
    0x1badb002, 0, -0x1badb002u};

static inline void out8(u16 port, u8 value) { __asm__ volatile("outb %0, %1" ::"a"(value), "Nd"(port)); }
static inline void out16(u16 port, u16 value) { __asm__ volatile("outw %0, %1" ::"a"(value), "Nd"(port)); }
static inline u8 in8(u16 port) {
  u8 value;
  __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}
static inline u16 in16(u16 port) {
  u16 value;
  __asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port));
  return value;
}

static void say(char letter) {
  while (!(in8(serial + 5) & 0x20)) {
  }
  out8(serial, letter);
}

static void power_off(void) {
  out16(pm_control, sleep_enable);
  for (;;) __asm__ volatile("hlt");
}

// What follows `word` in `text`; 0 where it is not there.
static const char *after(const char *text, const char *word) {
  for (; *text; text++) {
    const char *here = text, *rest = word;
    while (*rest && *here == *rest) here++, rest++;
    if (!*rest) return here;
  }
  return 0;
}

// The timer wakes the processor, so that waiting takes no time of the machine.
static u32 gdt[6] = {0, 0, 0x0000ffff, 0x00cf9a00, 0x0000ffff, 0x00cf9200};
static u32 idt[2 * 48];
struct __attribute__((packed)) table {
  u16 limit;
  u32 base;
};

__attribute__((naked)) static void tick(void) {
  __asm__ volatile("pushl %eax; movb $0x20, %al; outb %al, $0x20; popl %eax; iret");
}

static void let_timer_tick(void) {
  struct table gdtr = {sizeof gdt - 1, (u32)gdt}, idtr = {sizeof idt - 1, (u32)idt};
  __asm__ volatile("lgdt %0; ljmp $8, $1f; 1: movw $16, %%ax; movw %%ax, %%ds; movw %%ax, %%es; movw %%ax, %%ss"
                   ::"m"(gdtr) : "eax");
  idt[2 * 32] = (8 << 16) | ((u32)tick & 0xffff);
  idt[2 * 32 + 1] = ((u32)tick & 0xffff0000) | 0x8e00;
  __asm__ volatile("lidt %0" ::"m"(idtr));
  // Interrupts 32 and up, and of them the timer's alone.
  out8(0x20, 0x11), out8(0xa0, 0x11), out8(0x21, 32), out8(0xa1, 40), out8(0x21, 4), out8(0xa1, 2);
  out8(0x21, 1), out8(0xa1, 1), out8(0x21, 0xfe), out8(0xa1, 0xff);
}

__attribute__((used)) static void run(const u32 *facts) {
  const char *line = facts[0] & 4 ? (const char *)facts[4] : "";
  const char *rest;
  if ((rest = after(line, "exit="))) {
    u32 code = 0;
    while (*rest >= '0' && *rest <= '9') code = code * 10 + (*rest++ - '0');
    out8(debug_exit, (code - 1) / 2);
  }
  if (after(line, "panic")) {
    struct table none = {0, 0};
    __asm__ volatile("lidt %0; int3" ::"m"(none));
  }
  if ((rest = after(line, "say="))) {
    while (*rest) {
      if (*rest == '_') say(' ');
      else if (*rest == '|') say('\r'), say('\n');
      else if (*rest == ' ') break;
      else say(*rest);
      rest++;
    }
    say('\r'), say('\n');
    power_off();
  }
  let_timer_tick();
  if (!after(line, "stubborn")) out16(pm_enable, power_button);
  for (;;) {
    __asm__ volatile("sti; hlt");
    if (!after(line, "stubborn") && in16(pm_status) & power_button) power_off();
  }
}

static u8 stack[16384] __attribute__((aligned(16)));

__attribute__((naked, used)) void start(void) {
  __asm__ volatile("movl %0, %%esp; pushl %%ebx; call run" ::"i"(stack + sizeof stack));
}
