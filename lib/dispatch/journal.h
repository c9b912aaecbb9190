/* SPDX-License-Identifier: MIT */
/* The journal: a folder in which a run notes its jobs, so that what was paid for outlives it.
 *
 *   lock          held while a dispatcher uses the folder
 *   jobs.jsonl    one line per job that the endpoint accepted: content hash, id, endpoint
 *   done/HASH     a result: a line of JSON that says what follows, the output, the audio
 *
 * A line is on disk before the job is waited for, a result before it is handed out. What is damaged
 * is said, and set aside under a name that ends in ".damaged". */
#ifndef TTSS_DISPATCH_JOURNAL_H
#define TTSS_DISPATCH_JOURNAL_H

#include "dispatch/job.h"

#include <ttsslice/log.h>

typedef struct ttss_journal ttss_journal;

/* Makes the folder where it is missing. Fails with IO (also if another run uses it), NO_SPACE,
 * NOMEM. */
int32_t ttss_journal_open(const char *folder, const char *endpoint, const ttsslice_logger *logger,
                          ttss_journal **out, ttsslice_error *err);
void ttss_journal_close(ttss_journal *journal); /* NULL is allowed */

/* Whether there is a result for the job's key. */
bool ttss_journal_has(const ttss_journal *journal, const ttss_job *job);

/* Fills in a result. False: it is damaged, which was said, and set aside. Fails with NOMEM too. */
int32_t ttss_journal_load(ttss_journal *journal, ttss_job *job, ttsslice_error *err);

/* An id under which the endpoint may still hold a job with this key; each is given out once. */
bool ttss_journal_take_id(ttss_journal *journal, const ttss_job *job, char id[TTSS_ID_MAX]);

/* The endpoint has accepted the job. On disk after ttss_journal_sync(). */
int32_t ttss_journal_note(ttss_journal *journal, const ttss_job *job, ttsslice_error *err);
int32_t ttss_journal_sync(ttss_journal *journal, ttsslice_error *err);

/* The job's result is of no use: neither it nor its id is taken again. */
int32_t ttss_journal_reject(ttss_journal *journal, const ttss_job *job, ttsslice_error *err);

/* Writes the result of a job that went well. */
int32_t ttss_journal_store(ttss_journal *journal, const ttss_job *job, ttsslice_error *err);

#endif
