/* SPDX-License-Identifier: MIT */
/* The list of protocols; see protocol.h. */
#include "dispatch/protocol.h"

#include <string.h>

static const ttss_protocol *const protocols[] = {
    &ttss_protocol_runpod,
    &ttss_protocol_plain,
    &ttss_protocol_openai,
};

const ttss_protocol *ttss_protocol_find(const char *name) {
    for (size_t i = 0; i < sizeof protocols / sizeof protocols[0]; i++)
        if (strcmp(protocols[i]->name, name) == 0)
            return protocols[i];
    return NULL;
}
