/* SPDX-License-Identifier: MIT */
/* Stands in for the local server in a build without libmicrohttpd. */
#include <ttsslice/handler.h>

#include "base/error.h"

int32_t ttsslice_server_new(const ttsslice_server_options *options, ttsslice_server **out,
                            ttsslice_error *err) {
    (void)options;
    (void)out;
    return ttss_fail(err, TTSSLICE_ERR_UNAVAILABLE,
                     "this build has no local server; install libmicrohttpd-dev and build again");
}

const char *ttsslice_server_endpoint(const ttsslice_server *server) {
    (void)server;
    return "";
}

void ttsslice_server_free(ttsslice_server *server) {
    (void)server;
}
