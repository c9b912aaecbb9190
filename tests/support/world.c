/* SPDX-License-Identifier: MIT */
/* The world of a run; see world.h. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char world_text[] =
    "The ferry was late again, and nobody on the quay was surprised by that.\n\n"
    "A man in a grey coat counted the steps to the water. There were twelve of them, and the "
    "last was under water.\n\n"
    "He waited until the bell rang.\n\nThen he went home.";

void world_open(world *w, const char *plan, double damage) {
    *w = (world){.chunk = TTSSLICE_CHUNK_OPTIONS_INIT,
                 .dispatch = TTSSLICE_DISPATCH_OPTIONS_INIT,
                 .plan = TTSSLICE_PLAN_INIT,
                 .host = TTSSLICE_HOST_INIT,
                 .options = TTSSLICE_RUN_OPTIONS_INIT};
    snprintf(w->folder, sizeof w->folder, "/tmp/ttsslice-run-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->path, sizeof w->path, "%s/out.wav", w->folder);
    w->generator = echo_generator(damage);
    w->transcriber = echo_transcriber();
    assert_int_equal(ttsslice_plan_named(plan, &w->plan, NULL), 0);
    w->chunk.max_phrase_len = 200;
    w->options.plan = &w->plan;
    w->options.chunk = &w->chunk;
    w->options.dispatch = &w->dispatch;
    w->options.host = &w->host;
    w->options.generator = w->generator;
    w->options.transcriber = w->transcriber;
    w->dispatch.api_key = "";
    w->dispatch.poll_interval_s = 0.002;
    w->dispatch.endpoint = "http://127.0.0.1:1/v2/none";
}

void world_serve(world *w, int32_t workers) {
    ttsslice_handler_options handler = TTSSLICE_HANDLER_OPTIONS_INIT;
    ttsslice_server_options server = TTSSLICE_SERVER_OPTIONS_INIT;
    handler.generator = w->generator;
    handler.transcriber = w->transcriber;
    assert_int_equal(ttsslice_handler_new(&handler, &w->handler, NULL), 0);
    server.handler = w->handler;
    server.workers = workers;
    assert_int_equal(ttsslice_server_new(&server, &w->server, NULL), 0);
    w->dispatch.endpoint = ttsslice_server_endpoint(w->server);
}

size_t files_in(const char *folder, bool remove_them) {
    size_t count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[512];
        if (entry->d_name[0] == '.')
            continue;
        count++;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (remove_them)
            unlink(path);
    }
    closedir(dir);
    return count;
}

void world_close(world *w) {
    ttsslice_server_free(w->server);
    ttsslice_handler_unref(w->handler);
    ttsslice_generator_unref(w->generator);
    ttsslice_transcriber_unref(w->transcriber);
    files_in(w->folder, true);
    rmdir(w->folder);
}

int32_t world_execute(world *w, ttsslice_result **result, ttsslice_error *err) {
    ttsslice_run *run = NULL;
    *result = NULL;
    int32_t code = ttsslice_run_new(world_text, TTSSLICE_NUL_TERMINATED, &w->options, &run, err);
    if (!code)
        code = ttsslice_run_execute(run, w->path, result, err);
    ttsslice_run_free(run);
    return code;
}

void world_place(world *w, const char *slice, const char *where) {
    assert_int_equal(ttsslice_plan_set(&w->plan, slice, where, NULL), 0);
}

void world_speak(world *w, ttsslice_generate_fn fn) {
    ttsslice_generator_unref(w->generator);
    assert_int_equal(ttsslice_generator_new_host("host", fn, NULL, &w->generator, NULL), 0);
    w->options.generator = w->generator;
}
