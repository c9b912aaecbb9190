/* SPDX-License-Identifier: MIT */
/* Runs: placements, host functions, failures that do not lose the rest, cancelling, and nothing
 * half-written. Engines write text into samples, so that everything is exact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alloc_fail.h"
#include "skip.h"
#include "world.h"

#include <jansson.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the ordinary case ---------------------------------------------------------------------- */

static void a_run_writes_audio_timeline_and_report(void **state) {
    (void)state;
    static const char *const names[] = {"out.wav", "out_metadata.json", "out.segments.json",
                                        "out.srt"};
    world w;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    world_open(&w, "slice0", 0.0);
    assert_int_equal(world_execute(&w, &result, &err), 0);
    assert_int_equal(ttsslice_result_count(result), WORLD_CHUNKS);
    assert_int_equal(files_in(w.folder, false), 4);
    for (size_t i = 0; i < 4; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", w.folder, names[i]);
        assert_int_equal(access(path, R_OK), 0);
    }
    ttsslice_audio *audio = NULL;
    assert_int_equal(ttsslice_audio_load(w.path, &audio, NULL), 0);
    const ttsslice_timeline *timeline = ttsslice_result_timeline(result);
    assert_int_equal(ttsslice_audio_frames(audio), ttsslice_timeline_frames(timeline));
    assert_int_equal(ttsslice_timeline_count(timeline), WORLD_CHUNKS);
    assert_true(ttsslice_timeline_word_count(timeline) > 40);
    for (size_t i = 0; i < ttsslice_timeline_word_count(timeline); i++) {
        const ttsslice_timed_word *word = ttsslice_timeline_word(timeline, i);
        assert_true(word->text_start + word->text_length <= strlen(world_text));
        assert_true(word->start_frame < word->end_frame);
    }
    ttsslice_audio_unref(audio);
    ttsslice_result_unref(result);
    world_close(&w);
}

static void the_report_counts_what_happened(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    char *json = NULL;
    world_open(&w, "slice0", 0.4);
    w.options.seed = 3;
    int32_t code = world_execute(&w, &result, NULL);
    assert_int_equal(code, 0);
    assert_int_equal(ttsslice_result_json(result, &json, NULL), 0);
    json_t *root = json_loads(json, 0, NULL);
    assert_non_null(root);
    const json_t *summary = json_object_get(root, "summary");
    size_t candidates = 0, damaged = 0;
    for (size_t i = 0; i < WORLD_CHUNKS; i++)
        for (size_t j = 0; j < ttsslice_result_chunk(result, i)->candidate_count; j++) {
            const ttsslice_candidate_info *c = ttsslice_result_candidate(result, i, j);
            candidates++;
            damaged += c->injected_defect[0] != '\0';
            assert_int_equal(c->passed, c->injected_defect[0] == '\0');
        }
    assert_true(damaged > 0);
    assert_int_equal(json_integer_value(json_object_get(summary, "candidates")), candidates);
    assert_int_equal(json_integer_value(json_object_get(summary, "injected_defects")), damaged);
    assert_int_equal(json_integer_value(json_object_get(summary, "injected_defects_caught")),
                     damaged);
    assert_int_equal(json_array_size(json_object_get(root, "chunks")), WORLD_CHUNKS);
    json_decref(root);
    ttsslice_free(json);
    ttsslice_result_unref(result);
    world_close(&w);
}

/* --- placements ----------------------------------------------------------------------------- */

static void impossible_plans_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *slice, *where;
        int32_t set, run;
    } cases[] = {
        {"generate", "off", TTSSLICE_ERR_INVALID, 0},
        {"chunk", "handler", TTSSLICE_ERR_INVALID, 0},
        {"concat", "handler", TTSSLICE_ERR_INVALID, 0},
        {"nothing", "local", TTSSLICE_ERR_INVALID, 0},
        {"validate", "nowhere", TTSSLICE_ERR_INVALID, 0},
        {"validate", "handler", 0, TTSSLICE_ERR_INVALID},
        {"select", "handler", 0, TTSSLICE_ERR_INVALID},
        {"validate", "host", 0, TTSSLICE_ERR_INVALID},
        {"select", "host", 0, TTSSLICE_ERR_INVALID},
        {"chunk", "host", 0, TTSSLICE_ERR_INVALID},
        {"concat", "host", 0, TTSSLICE_ERR_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world w;
        ttsslice_result *result = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        world_open(&w, "slice0", 0.0);
        assert_int_equal(ttsslice_plan_set(&w.plan, cases[i].slice, cases[i].where, &err),
                         cases[i].set);
        if (!cases[i].set)
            assert_int_equal(world_execute(&w, &result, &err), cases[i].run);
        assert_true(err.message[0] != '\0');
        assert_int_equal(files_in(w.folder, false), 0);
        world_close(&w);
    }
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    assert_int_equal(ttsslice_plan_named("slice6", &plan, &err), TTSSLICE_ERR_INVALID);
    assert_non_null(strstr(err.message, "slice5"));
    assert_int_equal(ttsslice_plan_named(NULL, &plan, &err), TTSSLICE_ERR_INVALID);
}

static void select_leaves_the_handler_with_validate(void **state) {
    (void)state;
    ttsslice_plan plan = TTSSLICE_PLAN_INIT;
    assert_int_equal(ttsslice_plan_named("slice5", &plan, NULL), 0);
    assert_int_equal(ttsslice_plan_set(&plan, "validate", "handler", NULL), 0);
    assert_int_equal(plan.select, TTSSLICE_PLACE_HANDLER);
    assert_int_equal(ttsslice_plan_set(&plan, "validate", "off", NULL), 0);
    assert_int_equal(plan.select, TTSSLICE_PLACE_LOCAL);
    assert_int_equal(ttsslice_plan_set(&plan, "select", "host", NULL), 0);
    assert_int_equal(ttsslice_plan_set(&plan, "validate", "host", NULL), 0);
    assert_int_equal(plan.select, TTSSLICE_PLACE_HOST);
}

static void bad_options_are_refused_before_anything_is_made(void **state) {
    (void)state;
    for (int i = 0; i < 13; i++) {
        world w;
        ttsslice_result *result = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_validate_options validate = TTSSLICE_VALIDATE_OPTIONS_INIT;
        ttsslice_select_options select = TTSSLICE_SELECT_OPTIONS_INIT;
        world_open(&w, "slice0", 0.0);
        w.options.validate = &validate;
        w.options.select = &select;
        switch (i) {
        case 0:
            w.options.n_candidates = 0;
            break;
        case 1:
            w.options.n_candidates = 17;
            break;
        case 2:
            w.options.max_retries = -1;
            break;
        case 3:
            w.options.seed = -1;
            break;
        case 4:
            w.options.exaggeration = NAN;
            break;
        case 5:
            validate.whisper_threshold = 101;
            break;
        case 8:
            select.policy = 99;
            break;
        case 9:
            validate.max_missing_words = -7;
            break;
        case 6:
            w.options.generator = NULL;
            break;
        case 10: /* slice0 sends no jobs, and its options are checked all the same */
            w.dispatch.max_in_flight = -1;
            break;
        case 11:
            w.dispatch.poll_interval_s = NAN;
            break;
        case 12:
            w.dispatch.max_cost = 2.0;
            break;
        default:
            w.options.size = 12;
            break;
        }
        int32_t code = world_execute(&w, &result, &err);
        assert_int_equal(code, i == 7 ? TTSSLICE_ERR_OPTION : TTSSLICE_ERR_INVALID);
        assert_null(result);
        assert_int_equal(files_in(w.folder, false), 0);
        world_close(&w);
    }
}

static void slices_that_are_off_do_nothing(void **state) {
    (void)state;
    world w;
    ttsslice_result *result = NULL;
    world_open(&w, "slice0", 1.0);
    world_place(&w, "chunk", "off");
    world_place(&w, "validate", "off");
    world_place(&w, "select", "off");
    world_place(&w, "concat", "off");
    assert_int_equal(world_execute(&w, &result, NULL), 0);
    assert_int_equal(ttsslice_result_count(result), 1);
    const ttsslice_chunk_result *chunk = ttsslice_result_chunk(result, 0);
    assert_int_equal(chunk->selected, 0);
    assert_int_equal(chunk->passed, 1);
    assert_int_equal(chunk->rounds, 1);
    assert_int_equal(chunk->reason, TTSSLICE_REASON_OFF);
    assert_null(ttsslice_result_timeline(result));
    char path[160];
    snprintf(path, sizeof path, "%s/out-0001.wav", w.folder);
    assert_int_equal(access(path, R_OK), 0);
    assert_int_equal(access(w.path, R_OK), -1);
    ttsslice_result_unref(result);
    world_close(&w);
}

/* --- the application's own functions -------------------------------------------------------- */

typedef struct host_log {
    ttsslice_handler *handler;
    int chunked, sent, judged, chosen, joined;
    int32_t fail_validate;
} host_log;

static int32_t host_chunk(const char *t, size_t length, ttsslice_chunks **out, ttsslice_error *err,
                          void *user_data) {
    ((host_log *)user_data)->chunked++;
    return ttsslice_chunk(t, length, NULL, out, err);
}

static int32_t host_dispatch(const char *input, char **output, ttsslice_error *err,
                             void *user_data) {
    host_log *log = user_data;
    char job[8192];
    log->sent++;
    snprintf(job, sizeof job, "{\"input\": %s}", input);
    return ttsslice_handle_job(log->handler, job, TTSSLICE_NUL_TERMINATED, output, err);
}

static int32_t host_validate(const char *t, const char *language, const ttsslice_audio *audio,
                             ttsslice_verdict **out, ttsslice_error *err, void *user_data) {
    host_log *log = user_data;
    static const char verdict[] = "{\"score\": 88.5, \"passed\": true}";
    assert_string_equal(language, "en");
    assert_int_equal(ttsslice_audio_frames(audio), strlen(t) * ECHO_FRAMES_PER_BYTE);
    log->judged++;
    if (log->fail_validate)
        return log->fail_validate;
    return ttsslice_verdict_from_json(verdict, strlen(verdict), out, err);
}

static int32_t host_select(int64_t chunk, const double *scores, const int32_t *passed,
                           const double *durations_s, size_t count, size_t *index,
                           ttsslice_error *err, void *user_data) {
    (void)chunk;
    (void)err;
    ((host_log *)user_data)->chosen++;
    assert_true(scores[0] == 88.5 && passed[0] == 1 && durations_s[0] > 0.0);
    *index = count - 1;
    return 0;
}

static int32_t host_concat(const ttsslice_clip *const *clips, size_t count, const char *path,
                           ttsslice_timeline **out, ttsslice_error *err, void *user_data) {
    (void)out;
    ((host_log *)user_data)->joined++;
    for (size_t i = 0; i < count; i++)
        assert_int_equal(clips[i]->chunk, i);
    return ttsslice_audio_save(clips[0]->audio, path, err);
}

static void host_world(world *w, host_log *log) {
    ttsslice_handler_options handler = TTSSLICE_HANDLER_OPTIONS_INIT;
    world_open(w, "slice2", 0.0);
    handler.generator = w->generator;
    assert_int_equal(ttsslice_handler_new(&handler, &w->handler, NULL), 0);
    *log = (host_log){.handler = w->handler};
    w->host = (ttsslice_host){sizeof w->host, host_chunk, host_dispatch, host_validate, host_select,
                              host_concat,    log};
    world_place(w, "chunk", "host");
    world_place(w, "dispatch", "host");
    world_place(w, "validate", "host");
    world_place(w, "select", "host");
    world_place(w, "concat", "host");
}

static void every_slice_can_be_the_applications_own(void **state) {
    (void)state;
    world w;
    host_log log;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    host_world(&w, &log);
    if (world_execute(&w, &result, &err) != 0)
        fail_msg("%s", err.message);
    int chunks = (int)ttsslice_result_count(result);
    assert_int_equal(log.chunked, 1);
    assert_int_equal(log.sent, chunks);
    assert_int_equal(log.judged, 3 * chunks);
    assert_int_equal(log.chosen, chunks);
    assert_int_equal(log.joined, 1);
    assert_int_equal(ttsslice_result_chunk(result, 0)->selected, 2);
    assert_int_equal(ttsslice_result_chunk(result, 0)->reason, TTSSLICE_REASON_HOST);
    ttsslice_result_unref(result);
    world_close(&w);
}

static void the_code_of_a_host_function_comes_back(void **state) {
    (void)state;
    world w;
    host_log log;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    host_world(&w, &log);
    log.fail_validate = TTSSLICE_ERR_CALLBACK;
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_CALLBACK);
    assert_int_equal(log.judged, 1);
    assert_int_equal(files_in(w.folder, false), 0);
    ttsslice_result_unref(result);
    world_close(&w);
}

/* --- failures ------------------------------------------------------------------------------- */

static int32_t fails_on_bell(const ttsslice_generate_request *request, ttsslice_audio **out,
                             ttsslice_error *err, void *user_data) {
    (void)user_data;
    if (!strstr(request->text, "bell"))
        return echo_generate(request, out, err, NULL);
    if (err)
        snprintf(err->message, sizeof err->message, "the voice broke");
    return TTSSLICE_ERR_ENGINE;
}

static void a_failed_chunk_does_not_lose_the_others(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice1", "slice2", "slice3", "slice4", "slice5"};
    for (size_t i = 0; i < 6; i++) {
        world w;
        ttsslice_result *result = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        world_open(&w, plans[i], 0.0);
        world_speak(&w, fails_on_bell);
        world_serve(&w, 2);
        assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_INCOMPLETE);
        assert_int_equal(err.chunk, 2);
        assert_non_null(strstr(err.message, "the voice broke"));
        const ttsslice_chunk_result *failed = ttsslice_result_chunk(result, 2);
        assert_int_not_equal(failed->code, 0);
        assert_int_equal(failed->candidate_count, 0);
        assert_null(ttsslice_result_candidate(result, 2, 0));
        assert_int_equal(ttsslice_timeline_count(ttsslice_result_timeline(result)),
                         WORLD_CHUNKS - 1);
        assert_int_equal(files_in(w.folder, false), 4);
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

static int32_t doubles_the_rate_for_the_bell(const ttsslice_generate_request *request,
                                             ttsslice_audio **out, ttsslice_error *err,
                                             void *user_data) {
    ttsslice_audio *audio = NULL;
    int32_t code = echo_generate(request, &audio, err, user_data);
    if (code || !strstr(request->text, "bell")) {
        *out = audio;
        return code;
    }
    code = ttsslice_audio_new_s16(ttsslice_audio_samples(audio), ttsslice_audio_frames(audio), 1,
                                  2 * ECHO_RATE, out, err);
    ttsslice_audio_unref(audio);
    return code;
}

static void a_take_of_another_rate_is_resampled(void **state) {
    (void)state;
    if (!ttsslice_feature_supported("soxr"))
        skip_because("this build has no libsoxr");
    world w;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    world_open(&w, "slice0", 0.0);
    world_speak(&w, doubles_the_rate_for_the_bell);
    assert_int_equal(world_execute(&w, &result, &err), 0);
    const ttsslice_timeline *timeline = ttsslice_result_timeline(result);
    assert_int_equal(ttsslice_timeline_count(timeline), WORLD_CHUNKS);
    assert_int_equal(ttsslice_timeline_sample_rate(timeline), ECHO_RATE);
    assert_int_equal(ttsslice_timeline_get(timeline, 2)->source_rate, 2 * ECHO_RATE);
    assert_int_equal(ttsslice_timeline_get(timeline, 1)->source_rate, ECHO_RATE);
    ttsslice_result_unref(result);
    world_close(&w);
}

/* What an application hears, and what it had heard when the first chunk was done. */
typedef struct listener {
    int64_t frames, first, stop_after;
} listener;

static int32_t listen(const int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
                      void *user_data) {
    listener *l = user_data;
    assert_non_null(samples);
    assert_int_equal(channels, 1);
    assert_int_equal(sample_rate, ECHO_RATE);
    l->frames += frames;
    return l->stop_after && l->frames > l->stop_after ? TTSSLICE_ERR_CALLBACK : 0;
}

static int32_t note_first(const ttsslice_progress *progress, void *user_data) {
    listener *l = user_data;
    if (progress->done == 1)
        l->first = l->frames;
    return 0;
}

static void audio_comes_while_takes_are_made(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice5"};
    for (size_t i = 0; i < 2; i++) {
        world w;
        listener l = {0, 0, 0};
        ttsslice_concat_options concat = TTSSLICE_CONCAT_OPTIONS_INIT;
        ttsslice_result *result = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        ttsslice_run *run = NULL;
        world_open(&w, plans[i], 0.0);
        world_serve(&w, 1);
        concat.on_audio = listen;
        concat.on_audio_data = &l;
        w.options.concat = &concat;
        w.options.progress = note_first;
        w.options.progress_user_data = &l;
        for (int reports = 1; reports >= 0; reports--) {
            w.options.write_reports = reports;
            assert_int_equal(ttsslice_run_new("The tide turned.\n\nThe bell rang. Nobody came.",
                                              TTSSLICE_NUL_TERMINATED, &w.options, &run, &err),
                             0);
            int32_t code = ttsslice_run_execute(run, NULL, &result, &err);
            ttsslice_run_free(run);
            assert_int_equal(code, reports ? TTSSLICE_ERR_INVALID : 0);
        }
        assert_int_equal(l.frames, ttsslice_timeline_frames(ttsslice_result_timeline(result)));
        assert_true(i == 1 || (l.first > 0 && l.first < l.frames));
        assert_int_equal(files_in(w.folder, false), 0);
        ttsslice_result_unref(result);
        l.stop_after = l.frames + 10;
        assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_CALLBACK);
        assert_int_equal(files_in(w.folder, false), 0);
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

/* The text of the option need not outlive the making of the run. */
static void the_report_says_how_loud_it_is(void **state) {
    (void)state;
    if (!ttsslice_feature_supported("ebur128"))
        skip_because("this build has no libebur128");
    world w;
    ttsslice_concat_options concat = TTSSLICE_CONCAT_OPTIONS_INIT;
    ttsslice_run *run = NULL;
    ttsslice_result *result = NULL;
    char loudness[] = "-33", *json = NULL;
    world_open(&w, "slice0", 0.0);
    concat.loudness = loudness;
    w.options.concat = &concat;
    assert_int_equal(ttsslice_run_new(world_text, TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL),
                     0);
    memset(loudness, 'x', sizeof loudness - 1);
    assert_int_equal(ttsslice_run_execute(run, w.path, &result, NULL), 0);
    assert_int_equal(ttsslice_result_json(result, &json, NULL), 0);
    json_t *root = json_loads(json, 0, NULL);
    const json_t *said = json_object_get(json_object_get(root, "audio"), "loudness");
    assert_int_equal(json_object_size(said), 7);
    assert_true(json_is_number(json_object_get(said, "gain_db")));
    assert_true(json_number_value(json_object_get(said, "integrated_lufs")) <= -33.0);
    json_decref(root);
    ttsslice_free(json);
    ttsslice_run_free(run);
    ttsslice_result_unref(result);
    world_close(&w);
}

static void without_an_endpoint_nothing_is_written(void **state) {
    (void)state;
    static const double once[] = {0.001};
    world w;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    world_open(&w, "slice5", 0.0);
    w.dispatch.backoff_s = once;
    w.dispatch.backoff_count = 1;
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_NETWORK);
    assert_int_equal(files_in(w.folder, false), 0);
    for (size_t i = 0; i < WORLD_CHUNKS; i++)
        assert_int_equal(ttsslice_result_chunk(result, i)->code, TTSSLICE_ERR_NETWORK);
    int32_t tried = 0; /* whichever chunk came to its end first tells for all */
    for (size_t i = 0; i < WORLD_CHUNKS; i++)
        tried |= ttsslice_result_chunk(result, i)->http_attempts;
    assert_int_equal(tried, 2);
    ttsslice_result_unref(result);
    w.dispatch.endpoint = "not a url";
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_ENDPOINT);
    world_close(&w);
}

static void a_report_that_cannot_be_written_costs_nothing(void **state) {
    (void)state;
    world w;
    host_log log;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    char path[160];
    host_world(&w, &log);
    world_place(&w, "concat", "local");
    snprintf(path, sizeof path, "%s/out.srt", w.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_IO);
    assert_int_equal(log.sent, 0);
    assert_int_equal(files_in(w.folder, false), 1);
    ttsslice_result_unref(result);
    rmdir(path);
    world_close(&w);
}

static void an_output_that_cannot_be_written_costs_nothing(void **state) {
    (void)state;
    world w;
    host_log log;
    ttsslice_result *result = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    host_world(&w, &log);
    world_place(&w, "concat", "local");
    snprintf(w.path, sizeof w.path, "%s/none/out.wav", w.folder);
    assert_int_equal(world_execute(&w, &result, &err), TTSSLICE_ERR_IO);
    assert_int_equal(log.sent, 0);
    ttsslice_result_unref(result);
    world_close(&w);
}

/* --- stopping ------------------------------------------------------------------------------- */

typedef struct stop {
    ttsslice_run *run;
    int64_t told;
    int32_t answer;
} stop;

typedef struct told {
    uint64_t digests[WORLD_CHUNKS];
    ttsslice_audio *audio[WORLD_CHUNKS];
    size_t count;
} told;

static int32_t keep_takes(const ttsslice_progress *progress, void *user_data) {
    told *t = user_data;
    const ttsslice_chunk_result *result = progress->result;
    assert_int_equal(result->index, progress->chunk);
    assert_true(result->candidate_count > 0 && result->score == progress->score);
    t->digests[result->index] = progress->candidates_made[result->selected].digest;
    t->audio[result->index] = ttsslice_audio_ref((ttsslice_audio *)progress->audio);
    t->count++;
    return 0;
}

static void progress_hands_the_takes_out(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice1", "slice5"};
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        world w;
        told t = {.count = 0};
        ttsslice_result *result = NULL;
        world_open(&w, plans[i], 0.0);
        if (i > 0)
            world_serve(&w, 2);
        w.options.progress = keep_takes;
        w.options.progress_user_data = &t;
        assert_int_equal(world_execute(&w, &result, NULL), 0);
        assert_int_equal(t.count, WORLD_CHUNKS);
        for (size_t c = 0; c < WORLD_CHUNKS; c++) {
            size_t selected = ttsslice_result_chunk(result, c)->selected;
            assert_int_equal(t.digests[c], ttsslice_result_candidate(result, c, selected)->digest);
            assert_int_equal(ttsslice_audio_digest(t.audio[c]), t.digests[c]);
            ttsslice_audio_unref(t.audio[c]);
        }
        ttsslice_result_unref(result);
        world_close(&w);
    }
}

static int32_t cancel_after_two(const ttsslice_progress *progress, void *user_data) {
    stop *s = user_data;
    s->told = progress->done;
    if (progress->done == 2 && s->run)
        ttsslice_cancel(s->run);
    return progress->done == 2 ? s->answer : 0;
}

static void a_run_can_be_stopped_from_its_progress(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) {
        world w;
        stop s = {.answer = i % 2 ? TTSSLICE_ERR_CALLBACK : 0};
        ttsslice_run *run = NULL;
        ttsslice_result *result = NULL;
        ttsslice_error err = TTSSLICE_ERROR_INIT;
        world_open(&w, i < 2 ? "slice0" : "slice5", 0.0);
        world_serve(&w, 1);
        w.options.progress = cancel_after_two;
        w.options.progress_user_data = &s;
        assert_int_equal(
            ttsslice_run_new(world_text, TTSSLICE_NUL_TERMINATED, &w.options, &run, &err), 0);
        s.run = i % 2 ? NULL : run;
        assert_int_equal(ttsslice_run_execute(run, w.path, &result, &err),
                         i % 2 ? TTSSLICE_ERR_CALLBACK : TTSSLICE_ERR_CANCELLED);
        assert_int_equal(s.told, 2);
        assert_int_equal(files_in(w.folder, false), 0);
        ttsslice_result_unref(result);
        ttsslice_run_free(run);
        world_close(&w);
    }
}

typedef struct asked {
    ttsslice_run *run;
    int count, cancel_at; /* 0: never */
} asked;

static int32_t ask(void *self) {
    asked *a = self;
    if (++a->count == a->cancel_at)
        ttsslice_cancel(a->run);
    return 0;
}

static int32_t run_and_ask(const char *loudness, asked *a) {
    world w;
    ttsslice_result *result = NULL;
    ttsslice_concat_options concat = TTSSLICE_CONCAT_OPTIONS_INIT;
    world_open(&w, "slice0", 0.0);
    concat.loudness = loudness;
    concat.cancelled = ask;
    concat.cancelled_data = a;
    w.options.concat = &concat;
    assert_int_equal(
        ttsslice_run_new(world_text, TTSSLICE_NUL_TERMINATED, &w.options, &a->run, NULL), 0);
    const int32_t code = ttsslice_run_execute(a->run, w.path, &result, NULL);
    if (code)
        assert_int_equal(files_in(w.folder, false), 0);
    ttsslice_result_unref(result);
    ttsslice_run_free(a->run);
    world_close(&w);
    return code;
}

/* At its end it only writes what waited for its gain. */
static void a_run_is_cancelled_while_it_joins(void **state) {
    (void)state;
    const char *loudness = ttsslice_feature_supported("ebur128") ? "-30" : NULL;
    asked a = {.cancel_at = 0};
    assert_int_equal(run_and_ask(loudness, &a), 0);
    const int last = a.count;
    assert_true(last > 2);
    for (int at = 1; at < last; at += last - 2) {
        a = (asked){.cancel_at = at};
        assert_int_equal(run_and_ask(loudness, &a), TTSSLICE_ERR_CANCELLED);
    }
}

static void *cancel_now(void *run) {
    ttsslice_cancel(run);
    return NULL;
}

static void a_run_cancelled_early_stops_at_its_beginning(void **state) {
    (void)state;
    static const char *const plans[] = {"slice0", "slice1", "slice5"};
    for (size_t i = 0; i < 3; i++) {
        world w;
        pthread_t thread;
        ttsslice_run *run = NULL;
        ttsslice_result *result = NULL;
        world_open(&w, plans[i], 0.0);
        world_serve(&w, 1);
        assert_int_equal(
            ttsslice_run_new(world_text, TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL), 0);
        pthread_create(&thread, NULL, cancel_now, run);
        pthread_join(thread, NULL);
        assert_int_equal(ttsslice_run_execute(run, w.path, &result, NULL), TTSSLICE_ERR_CANCELLED);
        assert_int_equal(ttsslice_run_execute(run, w.path, NULL, NULL), TTSSLICE_ERR_INVALID);
        ttsslice_result_unref(result);
        ttsslice_run_free(run);
        world_close(&w);
    }
}

static void a_chunk_without_words_is_silent_under_every_plan(void **state) {
    (void)state;
    static const char ruled[] = "Before the rule.\n\n* * *\n\nAfter the rule.";
    static const char *const plans[] = {"slice0", "slice1", "slice5"};
    for (size_t i = 0; i < 3; i++) {
        world w;
        ttsslice_run *run = NULL;
        ttsslice_result *result = NULL;
        world_open(&w, plans[i], 0.0);
        world_serve(&w, 1);
        assert_int_equal(ttsslice_run_new(ruled, TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL),
                         0);
        assert_int_equal(ttsslice_run_execute(run, w.path, &result, NULL), 0);
        assert_int_equal(ttsslice_result_count(result), 3);
        assert_int_equal(ttsslice_result_chunk(result, 1)->reason, TTSSLICE_REASON_SILENT);
        assert_int_equal(ttsslice_result_chunk(result, 1)->candidate_count, 0);
        assert_int_equal(ttsslice_timeline_count(ttsslice_result_timeline(result)), 2);
        ttsslice_result_unref(result);
        ttsslice_run_free(run);
        run = NULL;
        assert_int_equal(ttsslice_run_new("* * *", TTSSLICE_NUL_TERMINATED, &w.options, &run, NULL),
                         TTSSLICE_ERR_EMPTY);
        world_close(&w);
    }
}

/* --- bad text ------------------------------------------------------------------------------- */

static void bad_text_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t length;
        int32_t code;
    } cases[] = {
        {"", 0, TTSSLICE_ERR_EMPTY},
        {" \n\t ", 4, TTSSLICE_ERR_EMPTY},
        {"ab\xff", 3, TTSSLICE_ERR_TEXT},
        {"a\0b", 3, TTSSLICE_ERR_TEXT},
    };
    for (size_t i = 0; i < 4; i++)
        for (int off = 0; off < 2; off++) {
            world w;
            ttsslice_run *run = NULL;
            ttsslice_error err = TTSSLICE_ERROR_INIT;
            world_open(&w, "slice0", 0.0);
            if (off)
                world_place(&w, "chunk", "off");
            assert_int_equal(
                ttsslice_run_new(cases[i].text, cases[i].length, &w.options, &run, &err),
                cases[i].code);
            assert_int_equal(err.slice, TTSSLICE_SLICE_CHUNK);
            world_close(&w);
        }
}

static int small_run(void *argument) {
    world *w = argument;
    ttsslice_result *result = NULL;
    ttsslice_run *run = NULL;
    int code =
        ttsslice_run_new("One two three four.", TTSSLICE_NUL_TERMINATED, &w->options, &run, NULL);
    if (!code)
        code = ttsslice_run_execute(run, w->path, &result, NULL);
    ttsslice_run_free(run);
    ttsslice_result_unref(result);
    return code;
}

static void lack_of_memory_is_reported(void **state) {
    (void)state;
    world w;
    world_open(&w, "slice0", 0.0);
    w.options.n_candidates = 1;
    w.options.max_retries = 0;
    assert_survives_alloc_failure(small_run, &w);
    world_close(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_writes_audio_timeline_and_report),
        cmocka_unit_test(the_report_counts_what_happened),
        cmocka_unit_test(impossible_plans_are_refused),
        cmocka_unit_test(select_leaves_the_handler_with_validate),
        cmocka_unit_test(bad_options_are_refused_before_anything_is_made),
        cmocka_unit_test(slices_that_are_off_do_nothing),
        cmocka_unit_test(every_slice_can_be_the_applications_own),
        cmocka_unit_test(the_code_of_a_host_function_comes_back),
        cmocka_unit_test(a_failed_chunk_does_not_lose_the_others),
        cmocka_unit_test(a_take_of_another_rate_is_resampled),
        cmocka_unit_test(audio_comes_while_takes_are_made),
        cmocka_unit_test(the_report_says_how_loud_it_is),
        cmocka_unit_test(without_an_endpoint_nothing_is_written),
        cmocka_unit_test(a_report_that_cannot_be_written_costs_nothing),
        cmocka_unit_test(an_output_that_cannot_be_written_costs_nothing),
        cmocka_unit_test(progress_hands_the_takes_out),
        cmocka_unit_test(a_run_can_be_stopped_from_its_progress),
        cmocka_unit_test(a_run_is_cancelled_while_it_joins),
        cmocka_unit_test(a_run_cancelled_early_stops_at_its_beginning),
        cmocka_unit_test(a_chunk_without_words_is_silent_under_every_plan),
        cmocka_unit_test(bad_text_is_refused),
        cmocka_unit_test(lack_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
