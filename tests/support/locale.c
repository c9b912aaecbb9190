/* SPDX-License-Identifier: MIT */
/* Test programs run in the locale of their environment, as an application's process may. */
#include <locale.h>

__attribute__((constructor)) static void take_locale(void) {
    setlocale(LC_ALL, "");
}
