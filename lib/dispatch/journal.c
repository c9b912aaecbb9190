/* SPDX-License-Identifier: MIT */
/* The journal; see journal.h. Lines are appended with one write() each and results get their name
 * by rename(), so a process may be killed at any point: the worst it leaves is a last line without
 * its end. The lock is flock(2), which ends with the process. */
#include "dispatch/journal.h"

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define JOBS_MAX   ((size_t)256 << 20) /* bytes of jobs.jsonl */
#define RESULT_MAX ((size_t)2 << 30)
#define HEAD_MAX   16384 /* bytes of a result's first line */

typedef struct open_job {
    char key[TTSS_KEY_SIZE];
    char id[TTSS_ID_MAX];
    bool taken;
} open_job;

struct ttss_journal {
    char *folder;
    const char *endpoint;
    const ttsslice_logger *logger;
    int lock, jobs; /* descriptors; -1: none */
    bool dirty;     /* lines that may not be on disk */
    open_job *open;
    size_t open_count, open_capacity;
    size_t elsewhere; /* jobs that another endpoint may hold */
};

/* FOLDER/PART/NAME SUFFIX; from malloc. */
static char *path_of(const ttss_journal *journal, const char *part, const char *name,
                     const char *suffix) {
    ttss_buf path;
    ttss_buf_init(&path, 65536);
    ttss_buf_printf(&path, "%s/%s%s%s", journal->folder, part, name, suffix);
    return ttss_buf_take(&path);
}

static void set_aside(const ttss_journal *journal, const char *path, const char *why) {
    ttss_buf aside;
    ttss_buf_init(&aside, 65536);
    ttss_buf_printf(&aside, "%s.damaged", path);
    bool moved = !aside.failed && rename(path, aside.data) == 0;
    ttss_log(journal->logger, TTSSLICE_LOG_WARNING, "dispatch",
             "the journal's %s is damaged (%s); %s", path, why,
             moved ? "it was set aside under a name that ends in .damaged" : "it is not used");
    ttss_buf_free(&aside);
}

/* --- the lock ------------------------------------------------------------------------------ */

static int32_t make_folder(const char *path, ttsslice_error *err) {
    struct stat there;
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return ttss_fail_errno(err, errno, "cannot make the journal %s", path);
    if (stat(path, &there) != 0 || !S_ISDIR(there.st_mode))
        return ttss_fail(err, TTSSLICE_ERR_IO,
                         "cannot make the journal %s: there is something else of that name", path);
    return 0;
}

static int32_t take_lock(ttss_journal *journal, ttsslice_error *err) {
    int32_t ret = 0;
    char holder[24] = "";
    char *path = path_of(journal, "lock", "", "");
    if (!path)
        return ttss_nomem(err);
    journal->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (journal->lock < 0) {
        ret = ttss_fail_errno(err, errno, "cannot write %s", path);
    } else if (flock(journal->lock, LOCK_EX | LOCK_NB) != 0) {
        ssize_t got = pread(journal->lock, holder, sizeof holder - 1, 0);
        holder[got > 0 ? (size_t)got : 0] = '\0';
        ret =
            ttss_fail(err, TTSSLICE_ERR_IO,
                      "the journal %s is in use by another run (process %s); wait for it, or name "
                      "another journal",
                      journal->folder, holder[0] ? holder : "unknown");
    } else {
        int length = snprintf(holder, sizeof holder, "%ld", (long)getpid());
        if (ftruncate(journal->lock, 0) != 0 ||
            pwrite(journal->lock, holder, (size_t)length, 0) != length)
            ret = ttss_fail_errno(err, errno, "cannot write %s", path);
    }
    free(path);
    return ret;
}

/* --- jobs.jsonl ---------------------------------------------------------------------------- */

static bool is_key(const char *text) {
    return text && strlen(text) == TTSS_KEY_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == TTSS_KEY_SIZE - 1;
}

static bool has_result(const ttss_journal *journal, const char *key) {
    char *path = path_of(journal, "done/", key, "");
    bool there = path && access(path, R_OK) == 0;
    free(path);
    return there;
}

static void forget_id(ttss_journal *journal, const char *id) {
    for (size_t i = 0; i < journal->open_count; i++)
        if (strcmp(journal->open[i].id, id) == 0)
            journal->open[i].taken = true;
}

/* False: the line is damaged, or there is no memory (*ret). */
static bool read_line(ttss_journal *journal, const char *line, size_t length, int32_t *ret,
                      ttsslice_error *err) {
    json_t *object = NULL;
    if (ttss_json_parse_object(line, length, "a line", &object, NULL) == TTSSLICE_ERR_NOMEM) {
        *ret = ttss_nomem(err);
        return false;
    }
    const char *key = json_string_value(json_object_get(object, "key"));
    const char *id = json_string_value(json_object_get(object, "id"));
    const char *endpoint = json_string_value(json_object_get(object, "endpoint"));
    bool fine = is_key(key) && id && id[0] && strlen(id) < TTSS_ID_MAX && endpoint;
    if (fine && json_is_true(json_object_get(object, "rejected"))) {
        forget_id(journal, id);
    } else if (fine && !has_result(journal, key)) {
        journal->elsewhere += strcmp(endpoint, journal->endpoint) != 0;
        if (strcmp(endpoint, journal->endpoint) != 0)
            goto out;
        if (!ttss_grow((void **)&journal->open, &journal->open_capacity, journal->open_count + 1,
                       sizeof *journal->open)) {
            *ret = ttss_nomem(err);
            goto out;
        }
        open_job *job = &journal->open[journal->open_count++];
        *job = (open_job){.taken = false};
        memcpy(job->key, key, TTSS_KEY_SIZE);
        memcpy(job->id, id, strlen(id) + 1);
    }
out:
    json_decref(object);
    return fine;
}

/* Collects the good lines; a last line without its end was being written when the run was killed.
 */
static int32_t read_lines(ttss_journal *journal, const char *text, size_t length, ttss_buf *good,
                          size_t *bad, ttsslice_error *err) {
    int32_t ret = 0;
    for (size_t at = 0; at < length && !ret;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = (end ? (size_t)(end - text) : length) - at;
        if (!end)
            ttss_log(journal->logger, TTSSLICE_LOG_INFO, "dispatch",
                     "the journal's last line was cut short and is not used");
        else if (read_line(journal, text + at, size, &ret, err))
            ttss_buf_add(good, text + at, size + 1);
        else
            (*bad)++;
        at += size + 1;
    }
    return good->failed ? ttss_nomem(err) : ret;
}

/* An id is written as jansson writes it: the endpoint chose it. */
static int32_t write_line(ttss_buf *out, const char *key, const char *id, const char *endpoint,
                          bool rejected) {
    json_t *object = json_pack("{s:s,s:s,s:s,s:I,s:b}", "key", key, "id", id, "endpoint", endpoint,
                               "at", (json_int_t)time(NULL), "rejected", (int)rejected);
    char *text = json_dumps(object, JSON_COMPACT);
    bool fine = text && ttss_buf_add_text(out, text) && ttss_buf_add_char(out, '\n');
    free(text);
    json_decref(object);
    return fine ? 0 : TTSSLICE_ERR_NOMEM;
}

/* Reads what an earlier run left. A file with lines that cannot be read is set aside; only the good
 * ones go on. */
static int32_t read_jobs(ttss_journal *journal, const char *path, ttsslice_error *err) {
    char *text = NULL, why[64];
    size_t length = 0, bad = 0;
    ttss_buf good;
    if (access(path, F_OK) != 0)
        return 0;
    ttss_buf_init(&good, JOBS_MAX);
    int32_t ret = ttss_file_read(path, JOBS_MAX, &text, &length, err);
    if (!ret)
        ret = read_lines(journal, text, length, &good, &bad, err);
    if (!ret && bad) {
        snprintf(why, sizeof why, "%zu lines cannot be read", bad);
        set_aside(journal, path, why);
    }
    if (!ret && good.length < length)
        ret = ttss_file_write(path, good.data ? good.data : "", good.length, err);
    ttss_buf_free(&good);
    free(text);
    return ret;
}

static int32_t open_jobs(ttss_journal *journal, ttsslice_error *err) {
    char *path = path_of(journal, "jobs.jsonl", "", "");
    int32_t ret = path ? read_jobs(journal, path, err) : ttss_nomem(err);
    if (!ret) {
        journal->jobs = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
        if (journal->jobs < 0)
            ret = ttss_fail_errno(err, errno, "cannot write %s", path);
    }
    if (!ret && journal->elsewhere)
        ttss_log(journal->logger, TTSSLICE_LOG_WARNING, "dispatch",
                 "the journal names %zu jobs at another endpoint; they are not collected from here",
                 journal->elsewhere);
    free(path);
    return ret;
}

int32_t ttss_journal_open(const char *folder, const char *endpoint, const ttsslice_logger *logger,
                          ttss_journal **out, ttsslice_error *err) {
    ttss_journal *journal = ttss_new(ttss_journal);
    if (!journal)
        return ttss_nomem(err);
    *journal = (ttss_journal){.folder = ttss_strdup(folder),
                              .endpoint = endpoint,
                              .logger = logger,
                              .lock = -1,
                              .jobs = -1};
    char *done = journal->folder ? path_of(journal, "done", "", "") : NULL;
    int32_t ret = done ? make_folder(folder, err) : ttss_nomem(err);
    if (!ret)
        ret = make_folder(done, err);
    if (!ret)
        ret = take_lock(journal, err);
    if (!ret)
        ret = open_jobs(journal, err);
    free(done);
    if (ret)
        ttss_journal_close(journal);
    else
        *out = journal;
    return ret;
}

void ttss_journal_close(ttss_journal *journal) {
    if (!journal)
        return;
    (void)ttss_journal_sync(journal, NULL);
    if (journal->jobs >= 0)
        close(journal->jobs);
    if (journal->lock >= 0)
        close(journal->lock);
    free(journal->open);
    free(journal->folder);
    free(journal);
}

bool ttss_journal_take_id(ttss_journal *journal, const ttss_job *job, char id[TTSS_ID_MAX]) {
    for (size_t i = 0; i < journal->open_count; i++)
        if (!journal->open[i].taken && strcmp(journal->open[i].key, job->key) == 0) {
            journal->open[i].taken = true;
            memcpy(id, journal->open[i].id, TTSS_ID_MAX);
            return true;
        }
    return false;
}

static int32_t append(ttss_journal *journal, const ttss_job *job, bool rejected,
                      ttsslice_error *err) {
    ttss_buf line;
    ttss_buf_init(&line, 16384);
    int32_t ret = write_line(&line, job->key, job->id, journal->endpoint, rejected);
    if (ret)
        ttss_nomem(err);
    else if (write(journal->jobs, line.data, line.length) != (ssize_t)line.length)
        ret = ttss_fail_errno(err, errno, "cannot write %s/jobs.jsonl", journal->folder);
    journal->dirty = true;
    ttss_buf_free(&line);
    return ret;
}

int32_t ttss_journal_note(ttss_journal *journal, const ttss_job *job, ttsslice_error *err) {
    return append(journal, job, false, err);
}

int32_t ttss_journal_reject(ttss_journal *journal, const ttss_job *job, ttsslice_error *err) {
    char *path = path_of(journal, "done/", job->key, "");
    int32_t ret = path ? append(journal, job, true, err) : ttss_nomem(err);
    if (!ret && unlink(path) != 0 && errno != ENOENT)
        ret = ttss_fail_errno(err, errno, "cannot remove %s", path);
    free(path);
    return ret;
}

int32_t ttss_journal_sync(ttss_journal *journal, ttsslice_error *err) {
    if (!journal->dirty)
        return 0;
    journal->dirty = false;
    if (fdatasync(journal->jobs) != 0)
        return ttss_fail_errno(err, errno, "cannot write %s/jobs.jsonl", journal->folder);
    return 0;
}

/* --- results ------------------------------------------------------------------------------- */

bool ttss_journal_has(const ttss_journal *journal, const ttss_job *job) {
    return has_result(journal, job->key);
}

static uint64_t digest_of(const char *output, size_t length, const ttss_attachments *audio) {
    uint64_t digest = ttss_fnv(TTSS_FNV_START, output, length);
    for (size_t i = 0; i < audio->count; i++)
        digest = ttss_fnv(digest, audio->items[i].bytes, audio->items[i].size);
    return digest;
}

static char *head_of(const ttss_job *job) {
    char digest[20];
    json_t *sizes = json_array();
    bool fine = sizes != NULL;
    for (size_t i = 0; fine && i < job->audio.count; i++)
        fine = ttss_json_append(sizes, json_integer((json_int_t)job->audio.items[i].size));
    snprintf(digest, sizeof digest, "%016" PRIx64,
             digest_of(job->body + job->output_start, job->output_length, &job->audio));
    json_t *head =
        json_pack("{s:i,s:s,s:s,s:I,s:I,s:I,s:o,s:s}", "format", 1, "job_id", job->id, "worker_id",
                  job->worker_id, "delay_ms", (json_int_t)job->delay_ms, "execution_ms",
                  (json_int_t)job->execution_ms, "output", (json_int_t)job->output_length,
                  "attachments", sizes, "digest", digest);
    char *text = fine ? json_dumps(head, JSON_COMPACT) : NULL;
    json_decref(head);
    return text;
}

int32_t ttss_journal_store(ttss_journal *journal, const ttss_job *job, ttsslice_error *err) {
    ttss_temp_file file = {.fd = -1};
    char *path = path_of(journal, "done/", job->key, ""), *head = head_of(job);
    int32_t ret = path && head ? ttss_temp_open(&file, path, err) : ttss_nomem(err);
    if (ret)
        goto out;
    ret = ttss_temp_write(&file, head, strlen(head), err);
    if (!ret)
        ret = ttss_temp_write(&file, "\n", 1, err);
    if (!ret)
        ret = ttss_temp_write(&file, job->body + job->output_start, job->output_length, err);
    for (size_t i = 0; !ret && i < job->audio.count; i++)
        ret = ttss_temp_write(&file, job->audio.items[i].bytes, job->audio.items[i].size, err);
    if (ret)
        ttss_temp_discard(&file);
    else
        ret = ttss_temp_commit(&file, err);
out:
    free(path);
    free(head);
    return ret;
}

static int32_t copy_text(const json_t *head, const char *key, char out[TTSS_ID_MAX],
                         ttsslice_error *err) {
    const char *text = "";
    int32_t ret = ttss_json_get_string(head, key, TTSS_ID_MAX - 1, &text, err);
    if (!ret)
        memcpy(out, text, strlen(text) + 1);
    return ret;
}

/* Cuts the audio that follows the output into attachments. */
static int32_t read_attachments(const json_t *head, const char *bytes, size_t length, ttss_job *job,
                                ttsslice_error *err) {
    const json_t *sizes = NULL;
    size_t at = 0;
    int32_t ret = ttss_json_get_array(head, "attachments", &sizes, err);
    if (ret || !json_array_size(sizes))
        return ret;
    job->audio.items = ttss_new_array(json_array_size(sizes), sizeof *job->audio.items);
    if (!job->audio.items)
        return ttss_nomem(err);
    for (size_t i = 0; i < json_array_size(sizes); i++) {
        json_int_t size = json_integer_value(json_array_get(sizes, i));
        if (size < 0 || (uint64_t)size > length - at)
            return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is shorter than it says");
        void *copy = ttss_memdup(bytes + at, (size_t)size);
        if (!copy)
            return ttss_nomem(err);
        job->audio.items[job->audio.count++] = (ttsslice_attachment){copy, (size_t)size};
        at += (size_t)size;
    }
    return at == length ? 0 : ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it is longer than it says");
}

static int32_t read_result(const char *bytes, size_t length, ttss_job *job, ttsslice_error *err) {
    const char *end = memchr(bytes, '\n', length < HEAD_MAX ? length : HEAD_MAX);
    json_t *head = NULL;
    int64_t format = 0, output = 0;
    const char *digest = "";
    char found[20];
    if (!end)
        return ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "it has no first line");
    const char *rest = end + 1;
    size_t left = length - (size_t)(rest - bytes);
    int32_t ret =
        ttss_json_parse_object(bytes, (size_t)(end - bytes), "its first line", &head, err);
    if (!ret)
        ret = ttss_json_get_int(head, "format", 1, 1, &format, err);
    if (!ret)
        ret = ttss_json_get_int(head, "output", 1, (int64_t)left, &output, err);
    if (!ret)
        ret = ttss_json_get_int(head, "delay_ms", -1, INT64_MAX, &job->delay_ms, err);
    if (!ret)
        ret = ttss_json_get_int(head, "execution_ms", -1, INT64_MAX, &job->execution_ms, err);
    if (!ret)
        ret = ttss_json_get_string(head, "digest", 16, &digest, err);
    if (!ret)
        ret = copy_text(head, "job_id", job->id, err);
    if (!ret)
        ret = copy_text(head, "worker_id", job->worker_id, err);
    if (!ret && (!format || !output))
        ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "its first line lacks members");
    if (!ret)
        ret = read_attachments(head, rest + output, left - (size_t)output, job, err);
    if (!ret) {
        snprintf(found, sizeof found, "%016" PRIx64, digest_of(rest, (size_t)output, &job->audio));
        if (strcmp(found, digest) != 0)
            ret = ttss_fail(err, TTSSLICE_ERR_PROTOCOL, "its content is not what was written");
    }
    if (!ret) {
        job->output_length = (size_t)output;
        job->body = ttss_memdup(rest, job->output_length);
        if (!job->body)
            ret = ttss_nomem(err);
    }
    json_decref(head);
    return ret;
}

int32_t ttss_journal_load(ttss_journal *journal, ttss_job *job, ttsslice_error *err) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    char *bytes = NULL, *path = path_of(journal, "done/", job->key, "");
    size_t length = 0;
    int32_t ret = path ? ttss_file_read(path, RESULT_MAX, &bytes, &length, &why) : ttss_nomem(&why);
    if (!ret)
        ret = read_result(bytes, length, job, &why);
    free(bytes);
    if (ret) {
        ttss_attachments_free(&job->audio);
        job->id[0] = job->worker_id[0] = '\0';
        job->delay_ms = job->execution_ms = -1;
    }
    if (ret && ret != TTSSLICE_ERR_NOMEM)
        set_aside(journal, path, why.message);
    free(path);
    return ret == TTSSLICE_ERR_NOMEM ? ttss_nomem(err) : ret;
}
