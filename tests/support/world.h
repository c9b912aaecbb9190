/* SPDX-License-Identifier: MIT */
/* What a test of a run needs: a folder, engines that write text into samples, options, and a
 * handler with a server where the plan wants one. A test changes the options before it executes. */
#ifndef TTSS_TESTS_WORLD_H
#define TTSS_TESTS_WORLD_H

#include "echo_engine.h"

#include <stdbool.h>

/* A text of four paragraphs, a chunk each; "bell" is in the third. */
extern const char world_text[];
#define WORLD_CHUNKS 4

typedef struct world {
    char folder[64], path[128];
    ttsslice_generator *generator;
    ttsslice_transcriber *transcriber;
    ttsslice_chunk_options chunk;
    ttsslice_dispatch_options dispatch;
    ttsslice_plan plan;
    ttsslice_host host;
    ttsslice_run_options options;
    ttsslice_handler *handler;
    ttsslice_server *server;
} world;

/* plan: by name. damage: share of takes that are spoilt. */
void world_open(world *w, const char *plan, double damage);
void world_close(world *w); /* removes the folder and what is in it */

/* Starts a handler and a server over the engines as they are now. */
void world_serve(world *w, int32_t workers);

/* Another generator than the one that echoes. */
void world_speak(world *w, ttsslice_generate_fn fn);

void world_place(world *w, const char *slice, const char *where);

/* Runs world_text into w->path. */
int32_t world_execute(world *w, ttsslice_result **result, ttsslice_error *err);

/* How many files a folder has. */
size_t files_in(const char *folder, bool remove_them);

#endif
