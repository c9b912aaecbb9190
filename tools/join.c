/* SPDX-License-Identifier: MIT */
/* Options of a join and its stream on standard output: a WAV file whose sizes are the largest
 * value, as everybody writes who does not know the length yet. */
#include "join.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CANCELLED_DB (-12.0) /* channels that have nothing in common lose 3 dB */
#define CLIPPED_DB   1.0     /* what lossy codecs overshoot by is not worth a message */

void cli_join_options(cli_join *j, cli_option rows[CLI_JOIN_OPTIONS]) {
    ttsslice_concat_options *o = &j->options;
    const cli_option table[CLI_JOIN_OPTIONS] = {
        {"pause-ms", CLI_INT, &o->pause_ms, "MS", "pause after a sentence; default 200", 0, 60000},
        {"pause-word-ms", CLI_INT, &o->pause_word_ms, "MS", "after a word; default 0", 0, 60000},
        {"pause-clause-ms", CLI_INT, &o->pause_clause_ms, "MS",
         "after a clause; default half of --pause-ms", 0, 60000},
        {"pause-paragraph-ms", CLI_INT, &o->pause_paragraph_ms, "MS",
         "after a paragraph; default twice --pause-ms", 0, 60000},
        {"pause-section-ms", CLI_INT, &o->pause_section_ms, "MS",
         "after a section; default four times --pause-ms", 0, 60000},
        {"fade-ms", CLI_INT, &o->fade_ms, "MS", "fade at both ends of a clip; default 10", 0, 1000},
        {"crossfade-ms", CLI_INT, &o->crossfade_ms, "MS",
         "most by which the quiet of two clips may overlap; default 0", 0, 1000},
        {"trim", CLI_TEXT, &j->trim, "ENDS",
         "where quiet is cut: both (default), leading, trailing, off", 0, 0},
        {"no-trim", CLI_FLAG, &j->no_trim, NULL, "keep the quiet at both ends: --trim off", 0, 0},
        {"silence-max-ms", CLI_INT, &o->silence_max_ms, "MS",
         "longest silence inside a clip; default any", 100, 60000},
        {"tail-repair", CLI_FLAG, &j->tail_repair, NULL,
         "cut sound that goes on after the last word", 0, 0},
        {"loudness", CLI_TEXT, &o->loudness, "TARGET",
         "audiobook, podcast, ebu, LUFS as a number, or measure; one gain for everything", 0, 0},
        {"true-peak", CLI_NUMBER, &o->true_peak_db, "DB",
         "where that gain ends; default -1, audiobook -3. Alone, it only lowers", -40, 0},
        {"dual-mono", CLI_FLAG, &j->dual_mono, NULL,
         "measure one channel as the two speakers that will play it", 0, 0},
        {"match-clips", CLI_FLAG, &j->match_clips, NULL,
         "bring each clip nearer to the loudness of those before, by at most 3 dB", 0, 0},
        {"sample-rate", CLI_INT, &j->sample_rate, "HZ",
         "of the output; default that of the first clip", 1000, 384000},
        {"channels", CLI_INT, &j->channels, "N", "of the output; default those of the first clip",
         1, TTSSLICE_AUDIO_CHANNELS_MAX},
        {"format", CLI_TEXT, &o->format, "NAME",
         "wav, flac, opus, vorbis, mp3; default by the ending of OUT", 0, 0},
        {"title", CLI_TEXT, &o->title, "TEXT", "tag of the output", 0, 0},
        {"bad-clip", CLI_TEXT, &j->bad_clip, "WHAT",
         "where a clip cannot be used: stop (default), silence, skip", 0, 0},
        {"missing-ms", CLI_INT, &o->missing_ms, "MS",
         "silence that stands for a bad clip; default 1000", 0, 60000},
        {"vtt", CLI_FLAG, &j->vtt, NULL, "write OUT's .vtt too, with the times of words", 0, 0},
        {"labels", CLI_FLAG, &j->labels, NULL, "write OUT's .labels.txt too, for Audacity", 0, 0},
    };
    memcpy(rows, table, sizeof table);
}

/* --- standard output ------------------------------------------------------------------------ */

/* Waits until a block can be written; false, with errno ECANCELED, after an interrupt. A player
 * that is paused does not read, perhaps for hours. */
static bool wait_for_reader(void) {
    struct pollfd wait[] = {{STDOUT_FILENO, POLLOUT, 0}, {cli_interrupt_fd(), POLLIN, 0}};
    while (poll(wait, 2, -1) < 0)
        if (errno != EINTR)
            return true; /* writing will say what is wrong */
    errno = ECANCELED;
    return !wait[1].revents;
}

/* In pieces that a pipe takes at once when poll() says that it can be written. */
static bool write_all(const void *bytes, size_t size) {
    const char *p = bytes;
    while (size) {
        if (!wait_for_reader())
            return false;
        ssize_t put = write(STDOUT_FILENO, p, size < PIPE_BUF ? size : PIPE_BUF);
        if (put < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (put <= 0)
            return false;
        p += put;
        size -= (size_t)put;
    }
    return true;
}

static void put_le(unsigned char *to, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> 8 * i & 0xff);
}

static bool write_header(int32_t channels, int32_t rate) {
    unsigned char head[44] = "RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0";
    put_le(head + 22, (uint32_t)channels, 2);
    put_le(head + 24, (uint32_t)rate, 4);
    put_le(head + 28, (uint32_t)(rate * channels * 2), 4);
    put_le(head + 32, (uint32_t)channels * 2, 2);
    put_le(head + 34, 16, 2);
    memcpy(head + 36, "data\xff\xff\xff\xff", 8);
    return write_all(head, sizeof head);
}

static int32_t stream(const int16_t *samples, int64_t frames, int32_t channels, int32_t sample_rate,
                      void *user_data) {
    cli_join *join = user_data;
    unsigned char block[8192];
    bool done = join->started || write_header(channels, sample_rate);
    join->started = true;
    for (int64_t left = frames * channels; done && left;) {
        int64_t n = left < 4096 ? left : 4096;
        for (int64_t i = 0; i < n; i++)
            put_le(block + 2 * i, (uint16_t)samples[i], 2);
        done = write_all(block, (size_t)n * 2);
        samples += n;
        left -= n;
    }
    join->write_error = done ? 0 : errno;
    return done ? 0 : TTSSLICE_ERR_CALLBACK;
}

int cli_join_fail(const cli_command *command, const cli_join *join, const ttsslice_error *err) {
    if (!join->write_error)
        return cli_fail(command, err);
    if (join->write_error == EPIPE)
        return CLI_CANCELLED;
    if (join->write_error == ECANCELED) {
        cli_message(command, "stopped; what is on standard output is not all");
        return CLI_CANCELLED;
    }
    cli_message(command, "cannot write to standard output: %s", strerror(join->write_error));
    return CLI_INPUT;
}

/* --- reading -------------------------------------------------------------------------------- */

static int32_t index_of(const char *name, const char *const names[]) {
    for (int32_t i = 0; names[i]; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

int cli_join_read(const cli_command *command, cli_join *j, const char *output, const char **path) {
    static const char *const ends[] = {"off", "both", "leading", "trailing", NULL};
    static const char *const policies[] = {"stop", "silence", "skip", NULL};
    ttsslice_concat_options *o = &j->options;
    o->trim = j->no_trim ? TTSSLICE_TRIM_OFF : index_of(j->trim, ends);
    o->bad_clip = index_of(j->bad_clip, policies);
    o->sample_rate = (int32_t)j->sample_rate;
    o->channels = (int32_t)j->channels;
    o->tail_repair = j->tail_repair;
    o->match_clips = j->match_clips;
    o->dual_mono = j->dual_mono;
    if (o->trim < 0)
        return cli_usage(command, "--trim must be both, leading, trailing or off, not \"%s\"",
                         j->trim);
    if (o->bad_clip < 0)
        return cli_usage(command, "--bad-clip must be stop, silence or skip, not \"%s\"",
                         j->bad_clip);
    *path = output;
    if (strcmp(output, "-") != 0)
        return -1;
    if (o->format && strcmp(o->format, "wav") != 0)
        return cli_usage(command, "only wav can be written to standard output, not %s", o->format);
    if (cli_typed(&j->vtt) || cli_typed(&j->labels))
        return cli_usage(command, "--vtt and --labels go beside a file, not beside -o -");
    if (isatty(STDOUT_FILENO))
        return cli_usage(command, "-o - writes audio to standard output: send it to a player or a "
                                  "file");
    o->on_audio = stream;
    o->on_audio_data = j;
    *path = NULL;
    return -1;
}

int cli_join_name(const cli_command *command, const cli_join *join, const char *path,
                  cli_outputs *outputs) {
    int status = -1;
    if (join->vtt)
        status = cli_outputs_add(command, outputs, path, ".vtt");
    if (join->labels && status < 0)
        status = cli_outputs_add(command, outputs, path, ".labels.txt");
    return status;
}

int cli_join_save(const cli_command *command, const ttsslice_timeline *timeline,
                  const cli_outputs *outputs, size_t first) {
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    for (size_t i = first; i < outputs->count; i++)
        if (ttsslice_timeline_save(timeline, outputs->paths[i], &err) != 0)
            return cli_fail(command, &err);
    return -1;
}

/* Minus infinity, of silence, is not a number in JSON. */
static json_t *level(double db) {
    return isfinite(db) ? json_real(round(db * 100.0) / 100.0) : json_null();
}

json_t *cli_join_loudness(const ttsslice_timeline *timeline) {
    ttsslice_loudness l = TTSSLICE_LOUDNESS_INIT;
    double gain_db = 0.0;
    if (ttsslice_timeline_loudness(timeline, &l, &gain_db, NULL) != 0)
        return NULL;
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "integrated_lufs", level(l.integrated_lufs),
                     "range_lu", level(l.range_lu), "rms_db", level(l.rms_db), "noise_floor_db",
                     level(l.noise_floor_db), "sample_peak_db", level(l.sample_peak_db),
                     "true_peak_db", level(l.true_peak_db), "gain_db", level(gain_db));
}

/* --- what was done -------------------------------------------------------------------------- */

static void tell_loudness(const cli_command *command, const cli_join *join,
                          const ttsslice_timeline *timeline) {
    const ttsslice_concat_options *o = &join->options;
    ttsslice_loudness l = TTSSLICE_LOUDNESS_INIT;
    const char *target = o->loudness;
    if (!target || strcmp(target, "measure") == 0 ||
        ttsslice_timeline_loudness(timeline, &l, NULL, NULL) != 0)
        return;
    const bool by_rms = strcmp(target, "audiobook") == 0;
    const double ceiling = !isnan(o->true_peak_db) ? o->true_peak_db : by_rms ? -3.0 : -1.0;
    if (fabs(l.true_peak_db - ceiling) < 0.005)
        cli_message(command,
                    "the true peak reached %.1f dB before the loudness was that of \"%s\": it is "
                    "%.1f %s",
                    ceiling, target, by_rms ? l.rms_db : l.integrated_lufs,
                    by_rms ? "dB RMS" : "LUFS");
}

/* What an earlier run put beside the audio, which this one does not write. */
static void tell_stale(const cli_command *command, const cli_outputs *outputs) {
    static const char *const endings[][2] = {{".segments.json", ""},
                                             {".srt", ""},
                                             {".vtt", ", or have it written with --vtt"},
                                             {".labels.txt", ", or have it written with --labels"}};
    for (size_t i = 0; outputs->count && i < sizeof endings / sizeof endings[0]; i++) {
        char *beside = cli_beside(outputs->paths[0], endings[i][0]);
        bool stale = beside && access(beside, F_OK) == 0;
        for (size_t k = 0; k < outputs->count && stale; k++)
            stale = strcmp(beside, outputs->paths[k]) != 0;
        if (stale)
            cli_message(command, "%s was there before and is not of this audio: delete it%s",
                        beside, endings[i][1]);
        free(beside);
    }
}

/* What a clip is called: by its file, or as a run tells of its chunks. */
static void name_entry(const ttsslice_timeline_entry *e, char *name, size_t size) {
    if (e->path[0])
        snprintf(name, size, "%s", e->path);
    else
        snprintf(name, size, "chunk %lld", (long long)e->chunk);
}

static void tell_entry(const cli_command *command, const ttsslice_timeline *timeline,
                       const ttsslice_timeline_entry *e) {
    const int32_t rate = ttsslice_timeline_sample_rate(timeline);
    const int32_t channels = ttsslice_timeline_channels(timeline);
    char name[512];
    name_entry(e, name, sizeof name);
    if (e->code)
        cli_message(command, "left out: %s", e->error);
    else if (e->source_rate != rate)
        cli_message(command, "%s: brought from %d Hz to %d Hz", name, (int)e->source_rate,
                    (int)rate);
    if (!e->code && e->source_channels != channels)
        cli_message(command, "%s: %s from %d to %d channels", name,
                    e->source_channels == 1 ? "copied" : "mixed", (int)e->source_channels,
                    (int)channels);
    if (e->mixed_db < CANCELLED_DB)
        cli_message(command,
                    "%s: its channels cancel each other out, in one it is %.0f dB quieter: use "
                    "--channels 2",
                    name, -e->mixed_db);
    if (e->clipped_db > CLIPPED_DB)
        cli_message(command, "%s: up to %.1f dB beyond full scale, clipped there", name,
                    e->clipped_db);
    if (e->repaired_frames)
        cli_message(command, "%s: cut %.2f s of sound after its last word", name,
                    (double)e->repaired_frames / rate);
}

bool cli_join_report(const cli_command *command, const cli_join *join,
                     const ttsslice_timeline *timeline, const cli_outputs *outputs, bool quiet) {
    bool all = true;
    if (!quiet)
        tell_loudness(command, join, timeline);
    for (size_t i = 0; i < ttsslice_timeline_count(timeline); i++) {
        const ttsslice_timeline_entry *e = ttsslice_timeline_get(timeline, i);
        all = all && !e->code;
        if (!quiet)
            tell_entry(command, timeline, e);
    }
    if (!quiet && timeline)
        tell_stale(command, outputs);
    return all;
}
