/* SPDX-License-Identifier: MIT */
/* Ends a test that this machine cannot run. cmocka's own skip() writes "not ok # SKIP" in TAP,
 * which Meson counts as a failure. */
#ifndef TTSS_TESTS_SKIP_H
#define TTSS_TESTS_SKIP_H

#define skip_because(reason)                                                                       \
    do {                                                                                           \
        print_message("# not run: %s\n", reason);                                                  \
        return;                                                                                    \
    } while (0)

#endif
