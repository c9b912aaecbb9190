/* SPDX-License-Identifier: MIT */
/* The schedule of the slice "dispatch", alone and against a simulated endpoint: the jobs' state
 * machines and the schedule are the real ones, workers and time are made up. Nothing waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"
#include "dispatch/schedule.h"

#include <ttsslice/dispatch.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define JOBS_MAX     1000

/* --- parts ---------------------------------------------------------------------------------- */

static void test_estimate_starts_from_the_prior(void **state) {
    ttss_estimate e;
    (void)state;
    ttss_estimate_init(&e, 800, 20);
    assert_int_equal(ttss_estimate_ms(&e, 0), 800);
    assert_int_equal(ttss_estimate_ms(&e, 100), 2800);
    ttss_estimate_add(&e, 100, 5600); /* one job: twice as slow as expected, all of it */
    assert_int_equal(ttss_estimate_ms(&e, 100), 5600);
    assert_int_equal(ttss_estimate_ms(&e, 0), 1600);
    for (int i = 0; i < 100; i++) /* jobs of one length tell nothing about the slope */
        ttss_estimate_add(&e, 100, 1400);
    assert_int_equal(ttss_estimate_ms(&e, 100), 1400);
    assert_int_equal(ttss_estimate_ms(&e, 200), 2400);
    ttss_estimate_init(&e, 0, 0);
    assert_int_equal(ttss_estimate_ms(&e, 5), 1);
}

static void test_estimate_learns_the_line(void **state) {
    uint64_t draws = 7;
    ttss_estimate e;
    (void)state;
    ttss_estimate_init(&e, 800, 20);
    for (int i = 0; i < 400; i++) {
        size_t characters = 20 + ttss_draw_below(&draws, 280);
        double ms = 3000.0 + 50.0 * (double)characters;
        ms *= 0.9 + 0.2 * ttss_draw_unit(&draws);
        if (i % 20 == 0)
            ms *= 8; /* stragglers do not bend it */
        ttss_estimate_add(&e, characters, (int64_t)ms);
    }
    assert_true(fabs((double)ttss_estimate_ms(&e, 20) / 4000.0 - 1.0) < 0.1);
    assert_true(fabs((double)ttss_estimate_ms(&e, 300) / 18000.0 - 1.0) < 0.05);
    assert_true(e.spread < 8.5);
    assert_int_equal(ttss_estimate_seen(&e), 400);
}

static void test_limit_gives_way(void **state) {
    ttss_limit limit;
    (void)state;
    ttss_limit_init(&limit, 25);
    assert_int_equal(ttss_limit_now(&limit), 25);
    ttss_limit_accepted(&limit);
    assert_int_equal(ttss_limit_now(&limit), 25);
    for (int i = 0; i < 25; i++) /* sent together, refused together: once */
        ttss_limit_refused(&limit, 100, 150);
    assert_int_equal(ttss_limit_now(&limit), 22);
    for (int i = 0; i < 100; i++)
        ttss_limit_refused(&limit, 200 + i, 200 + i);
    assert_int_equal(ttss_limit_now(&limit), 1);
    for (int i = 0; i < 1 + 2 + 3 + 4 + 5; i++)
        ttss_limit_accepted(&limit);
    assert_in_range(ttss_limit_now(&limit), 5, 6); /* one more a round */
    for (int i = 0; i < 1000; i++)
        ttss_limit_accepted(&limit);
    assert_int_equal(ttss_limit_now(&limit), 25);
}

static void test_budget(void **state) {
    ttss_budget budget = {60, 0};
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_true(ttss_budget_take(&budget));
    assert_false(ttss_budget_take(&budget));
    budget.jobs = 400;
    assert_int_equal(ttss_budget_size(&budget), 40);
    assert_true(ttss_budget_take(&budget));
}

/* --- the simulation ------------------------------------------------------------------------- */

typedef struct sim {
    ttss_policy policy;
    ttss_schedule schedule;
    bool long_poll;
    int32_t workers;
    int64_t accepts;   /* at once; more are refused with 429; 0: any number */
    const int64_t *ms; /* a job takes, by index; a copy takes `copy_ms` of it */
    const int64_t *copy_ms;
    const size_t *characters;
    size_t count;

    int64_t now, makespan;
    int running;
    size_t done, limited, failed;
    size_t submissions, refused, polls, health, dropped;
    int64_t order[JOBS_MAX];
} sim;

/* What the endpoint has of a job, and what its client waits for. */
typedef struct remote {
    int64_t began, ends, answer;
    bool there, question;
} remote;

static void answer(sim *s, ttss_job *job, int status, const char *text) {
    ttss_buf body;
    ttss_buf_init(&body, 1000);
    ttss_buf_add_text(&body, text);
    ttss_answer reply = {.transfer = TTSS_TRANSFER_DONE,
                         .http_status = status,
                         .retry_after_s = -1.0,
                         .body = &body};
    ttss_job_answered(job, &s->policy, &reply, s->now);
    ttss_buf_free(&body);
}

static void take_out(sim *s, ttss_job *job) {
    remote *r = job->request;
    if (r->there)
        s->running--;
    ttss_schedule_ended(&s->schedule, job, s->now);
    free(r);
    ttss_job_free(job);
}

static void end(sim *s, ttss_job *job) {
    s->makespan = s->now;
    s->failed += job->failure.code != 0;
    s->done++;
    if (job->twin) {
        job->twin->twin = NULL;
        s->dropped++;
        take_out(s, job->twin);
    }
    take_out(s, job);
}

static void submit(sim *s, ttss_job *job) {
    char text[64];
    remote *r = job->request ? job->request : calloc(1, sizeof *r);
    int64_t sent = s->now;
    job->request = r;
    s->submissions++;
    ttss_job_begin(job, &s->policy, s->now);
    s->now++; /* the way there and back */
    bool refused = s->accepts && s->running >= s->accepts;
    if (refused) {
        s->refused++;
        answer(s, job, 429, "");
    } else {
        if (!job->is_copy)
            s->order[job->index] = (int64_t)s->submissions;
        s->running++;
        r->there = true;
        r->began = s->now;
        r->ends = s->now + (job->is_copy ? s->copy_ms : s->ms)[job->index];
        snprintf(text, sizeof text, "{\"id\":\"j%zu\",\"status\":\"IN_QUEUE\"}", s->submissions);
        answer(s, job, 200, text);
        if (s->long_poll)
            job->due_ms = s->now;
    }
    ttss_schedule_submitted(&s->schedule, job, sent, s->now);
    s->now--;
    if (job->next == TTSS_NEXT_DONE)
        end(s, job);
}

static void ask(sim *s, ttss_job *job) {
    remote *r = job->request;
    bool waits = s->long_poll && !job->plain;
    s->polls++;
    ttss_job_begin(job, &s->policy, s->now);
    r->question = true;
    r->answer = waits && r->ends > s->now ? r->ends : s->now;
    if (waits && r->answer > s->now + 22500)
        r->answer = s->now + 22500;
}

static void tell(sim *s, ttss_job *job) {
    char text[320];
    remote *r = job->request;
    bool done = s->now >= r->ends;
    r->question = false;
    if (done)
        snprintf(text, sizeof text,
                 "{\"id\":\"%s\",\"status\":\"COMPLETED\",\"output\":1,\"delayTime\":0,"
                 "\"executionTime\":%lld}",
                 job->id, (long long)(r->ends - r->began));
    else
        snprintf(text, sizeof text, "{\"id\":\"%s\",\"status\":\"IN_PROGRESS\",\"delayTime\":0}",
                 job->id);
    answer(s, job, 200, text);
    if (!done && s->long_poll)
        job->due_ms = s->now;
    if (job->next == TTSS_NEXT_DONE)
        end(s, job);
}

/* All that can be done at this moment; a change begins it anew. */
static void step(sim *s) {
    ttsslice_error why = TTSSLICE_ERROR_INIT;
    ttss_schedule *schedule = &s->schedule;
    for (size_t i = 0; i < schedule->active_count;) {
        remote *r = schedule->active[i]->request;
        if (r && r->question && r->answer <= s->now) {
            tell(s, schedule->active[i]);
            i = 0;
        } else {
            i++;
        }
    }
    ttss_schedule_admit(schedule, s->now);
    if (ttss_schedule_stopped(schedule, &why))
        for (ttss_job *job = ttss_job_pop(&schedule->queued); job;
             job = ttss_job_pop(&schedule->queued), s->limited++) {
            assert_int_equal(why.code, TTSSLICE_ERR_LIMIT);
            ttss_job_free(job);
        }
    for (ttss_job *job = ttss_schedule_doubtful(schedule, s->now); job;
         job = ttss_schedule_doubtful(schedule, s->now)) {
        ((remote *)job->request)->question = false;
        job->waiting = false;
        job->plain = true;
        job->due_ms = s->now;
    }
    if (ttss_schedule_wants_health(schedule, s->now)) {
        s->health++;
        ttss_schedule_health(schedule, s->workers - s->running, s->now);
    }
    while (ttss_schedule_hedge(schedule, s->now))
        ;
    for (ttss_job *job = ttss_schedule_due(schedule, TTSS_NEXT_SUBMIT, s->now); job;
         job = ttss_schedule_due(schedule, TTSS_NEXT_SUBMIT, s->now))
        submit(s, job);
    for (ttss_job *job = ttss_schedule_due(schedule, TTSS_NEXT_POLL, s->now); job;
         job = ttss_schedule_due(schedule, TTSS_NEXT_POLL, s->now))
        ask(s, job);
}

static int64_t next_event(sim *s) {
    ttss_schedule *schedule = &s->schedule;
    int64_t next = ttss_schedule_due_ms(schedule, TTSS_NEXT_SUBMIT, s->now);
    int64_t poll = ttss_schedule_due_ms(schedule, TTSS_NEXT_POLL, s->now);
    int64_t hedge = ttss_schedule_hedge_ms(schedule, s->now);
    next = poll < next ? poll : next;
    next = hedge < next ? hedge : next;
    if (schedule->queued.count && schedule->hold_ms > s->now && schedule->hold_ms < next)
        next = schedule->hold_ms;
    for (size_t i = 0; i < schedule->active_count; i++) {
        remote *r = schedule->active[i]->request;
        if (r && r->question && r->answer < next)
            next = r->answer;
    }
    return next;
}

static void run(sim *s) {
    s->now = 1000;
    assert_true(ttss_schedule_init(&s->schedule, &s->policy, s->now));
    s->policy.budget = &s->schedule.budget;
    for (size_t i = 0; i < s->count; i++) {
        ttss_job *job = ttss_job_new((int64_t)i, ttss_strdup("{}"), 2);
        job->weight = s->characters[i];
        ttss_schedule_queue(&s->schedule, job);
    }
    for (int idle = 0; s->schedule.active_count || s->schedule.queued.count;) {
        step(s);
        int64_t next = next_event(s);
        idle = next <= s->now ? idle + 1 : 0;
        assert_true(idle < 100); /* it always moves on */
        if (next == INT64_MAX)
            break;
        s->now = next > s->now ? next : s->now;
    }
    assert_int_equal(s->done + s->limited, s->count);
    s->makespan -= 1000;
    ttss_schedule_free(&s->schedule);
}

static sim world(size_t count, const size_t *characters, const int64_t *ms, int64_t in_flight) {
    return (sim){.policy = {.backoff_ms = {500, 1000, 2000},
                            .backoff_count = 3,
                            .poll_ms = 100,
                            .job_timeout_ms = 900000,
                            .request_timeout_ms = 30000,
                            .max_in_flight = in_flight,
                            .secret = "",
                            .seed = 99,
                            .order = TTSSLICE_ORDER_LONGEST,
                            .protocol = &ttss_protocol_runpod,
                            .expected_ms = 800,
                            .expected_char_ms = 20},
                 .long_poll = true,
                 .workers = (int32_t)in_flight,
                 .ms = ms,
                 .copy_ms = ms,
                 .characters = characters,
                 .count = count};
}

/* The best that is known without searching: the longest job first, to whoever is free first. */
static int64_t list_schedule(const int64_t *sorted, size_t count, size_t slots) {
    int64_t ends[64] = {0}, last = 0;
    for (size_t i = 0; i < count; i++) {
        size_t first = 0;
        for (size_t k = 1; k < slots; k++)
            if (ends[k] < ends[first])
                first = k;
        ends[first] += sorted[i];
        last = ends[first] > last ? ends[first] : last;
    }
    return last;
}

static int falling(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

static double ideal(const sim *s) {
    int64_t sorted[JOBS_MAX];
    memcpy(sorted, s->ms, s->count * sizeof *sorted);
    qsort(sorted, s->count, sizeof *sorted, falling);
    return (double)list_schedule(sorted, s->count, (size_t)s->policy.max_in_flight);
}

/* Texts of 20 to 300 characters, 0.8 s and 0.02 s a character, log-normal noise; one in so many
 * runs eight times as long on its first worker. */
static void draw_jobs(uint64_t seed, size_t count, double noise, double stragglers,
                      size_t *characters, int64_t *ms, int64_t *copy_ms) {
    uint64_t draws = seed;
    for (size_t i = 0; i < count; i++) {
        double radius = sqrt(-2.0 * log(1.0 - ttss_draw_unit(&draws)));
        double normal = radius * cos(6.283185307179586 * ttss_draw_unit(&draws));
        characters[i] = 20 + ttss_draw_below(&draws, 281);
        double time = (800.0 + 20.0 * (double)characters[i]) * exp(noise * normal);
        copy_ms[i] = (int64_t)time;
        ms[i] = (int64_t)(ttss_draw_unit(&draws) < stragglers ? time * 8.0 : time);
    }
}

/* --- schedules ------------------------------------------------------------------------------ */

static void test_near_the_ideal(void **state) {
    static const struct {
        size_t count;
        bool long_poll;
        double bound, polls;
    } cases[] = {{400, true, 1.02, 3.0}, {60, true, 1.03, 3.0}, {400, false, 1.06, 15.0}};
    size_t characters[JOBS_MAX];
    int64_t ms[JOBS_MAX], copies[JOBS_MAX];
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        draw_jobs(3, cases[i].count, 0.0, 0.0, characters, ms, copies);
        sim s = world(cases[i].count, characters, ms, 25);
        s.long_poll = cases[i].long_poll;
        run(&s);
        assert_true((double)s.makespan <= cases[i].bound * ideal(&s));
        assert_true((double)s.polls <= cases[i].polls * (double)s.count);
        assert_int_equal(s.submissions, s.count);
        assert_int_equal(s.failed, 0);
    }
}

static void test_hedges_pay(void **state) {
    enum { SEEDS = 60 };
    static size_t characters[JOBS_MAX];
    static int64_t ms[JOBS_MAX], copies[JOBS_MAX];
    double plain = 0, hedged = 0, plain_bill = 0, hedged_bill = 0, extra = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        draw_jobs(seed, 60, 0.15, 0.02, characters, ms, copies);
        for (int hedge = 0; hedge < 2; hedge++) {
            sim s = world(60, characters, ms, 25);
            s.copy_ms = copies;
            s.policy.hedge = hedge;
            run(&s);
            assert_int_equal(s.failed, 0);
            assert_true(s.submissions <= 63);
            assert_int_equal(s.submissions - s.dropped, 60);
            if (hedge) {
                hedged += (double)s.makespan;
                hedged_bill += (double)s.schedule.billed_ms;
                extra += (double)(s.submissions - 60) / 60.0;
            } else {
                plain += (double)s.makespan;
                plain_bill += (double)s.schedule.billed_ms;
            }
        }
    }
    print_message("hedging: %.2f times as fast, %.3f of the cost, %.1f %% more submissions\n",
                  plain / hedged, hedged_bill / plain_bill, 100.0 * extra / SEEDS);
    assert_true(plain / hedged >= 1.6);
    assert_true(hedged_bill < plain_bill);
    assert_true(extra / SEEDS <= 0.05);
}

/* Nothing is copied while nobody is idle, while jobs wait for a place, or where it was not asked.
 */
static void test_hedges_keep_away(void **state) {
    static size_t characters[JOBS_MAX];
    static int64_t ms[JOBS_MAX], copies[JOBS_MAX];
    (void)state;
    draw_jobs(11, 100, 0.15, 0.05, characters, ms, copies);
    for (int busy = 0; busy < 2; busy++) {
        sim s = world(100, characters, ms, 25);
        s.copy_ms = copies;
        s.policy.hedge = busy;
        s.workers = busy ? 0 : 25;
        run(&s);
        assert_int_equal(s.submissions, 100);
        assert_int_equal(s.health > 0, busy);
    }
}

static void test_an_endpoint_that_refuses(void **state) {
    static size_t characters[JOBS_MAX];
    static int64_t ms[JOBS_MAX], copies[JOBS_MAX];
    (void)state;
    draw_jobs(5, 200, 0.1, 0.0, characters, ms, copies);
    sim s = world(200, characters, ms, 25);
    s.accepts = 8;
    s.policy.backoff_count = 16;
    for (int i = 0; i < 16; i++)
        s.policy.backoff_ms[i] = 2000;
    run(&s);
    assert_int_equal(s.failed, 0);
    assert_true(s.refused < 200);
    s.policy.max_in_flight = 8;
    assert_true((double)s.makespan < 1.5 * ideal(&s));
}

/* --- orders and limits ---------------------------------------------------------------------- */

static void test_smallest_index_within_a_window(void **state) {
    size_t characters[12];
    int64_t ms[12];
    (void)state;
    for (size_t i = 0; i < 12; i++) {
        characters[i] = 100;
        ms[i] = i == 0 ? 60000 : 1000;
    }
    sim s = world(12, characters, ms, 8);
    s.policy.order = TTSSLICE_ORDER_INDEX;
    s.policy.window = 4;
    s.now = 1000;
    assert_true(ttss_schedule_init(&s.schedule, &s.policy, s.now));
    for (int64_t i = 11; i >= 0; i--) { /* queued backwards */
        ttss_job *job = ttss_job_new(i, ttss_strdup("{}"), 2);
        ttss_schedule_queue(&s.schedule, job);
    }
    ttss_schedule_admit(&s.schedule, s.now);
    assert_int_equal(s.schedule.active_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(s.schedule.active[i]->index, i);
    ttss_job *second = s.schedule.active[1], *first = s.schedule.active[0];
    ttss_schedule_remove(&s.schedule, second); /* 0 is missing still */
    ttss_schedule_admit(&s.schedule, s.now);
    assert_int_equal(s.schedule.active_count, 3);
    ttss_schedule_remove(&s.schedule, first); /* 2 is the first that is missing */
    ttss_schedule_admit(&s.schedule, s.now);
    assert_int_equal(s.schedule.active_count, 4);
    ttss_job_free(first);
    ttss_job_free(second);
    while (s.schedule.active_count) {
        ttss_job *job = s.schedule.active[0];
        ttss_schedule_remove(&s.schedule, job);
        ttss_job_free(job);
    }
    ttss_schedule_free(&s.schedule);
}

/* What was lost counts as missing, and then has the endpoint to itself. */
static void test_suspects_are_tried_alone(void **state) {
    ttss_policy policy = {.protocol = &ttss_protocol_runpod,
                          .max_in_flight = 8,
                          .order = TTSSLICE_ORDER_INDEX,
                          .window = 3,
                          .secret = ""};
    ttss_schedule s;
    (void)state;
    assert_true(ttss_schedule_init(&s, &policy, 0));
    for (int64_t i = 0; i < 5; i++)
        ttss_schedule_queue(&s, ttss_job_new(i, ttss_strdup("{}"), 2));
    ttss_schedule_admit(&s, 0);
    assert_int_equal(s.active_count, 3);
    ttss_job *lost = s.active[0], *others[] = {s.active[1], s.active[2]};
    lost->suspect = true;
    ttss_schedule_remove(&s, lost);
    assert_true(ttss_schedule_suspect(&s, lost));
    ttss_schedule_admit(&s, 0);
    assert_int_equal(s.active_count, 2); /* 3 would be too far ahead of 0 */
    for (size_t i = 0; i < 2; i++) {
        assert_false(ttss_schedule_suspect_due(&s));
        ttss_schedule_remove(&s, others[i]);
        ttss_job_free(others[i]);
    }
    assert_true(ttss_schedule_suspect_due(&s));
    ttss_schedule_admit(&s, 0);
    assert_int_equal(s.active_count, 1);
    assert_ptr_equal(s.active[0], lost);
    ttss_schedule_queue(&s, ttss_job_new(-1, ttss_strdup("{}"), 2));
    ttss_schedule_admit(&s, 0); /* also with a place free */
    assert_int_equal(s.active_count, 1);
    assert_int_equal(ttss_schedule_count(&s), 4);
    ttss_schedule_remove(&s, lost);
    ttss_job_free(lost);
    ttss_schedule_admit(&s, 0);
    assert_int_equal(s.active_count, 1); /* -1, and 3 and 4 are too far ahead of that */
    ttss_job_free(s.active[0]);
    ttss_schedule_free(&s);
}

static void test_limits_stop_the_run(void **state) {
    static size_t characters[JOBS_MAX];
    static int64_t ms[JOBS_MAX], copies[JOBS_MAX];
    (void)state;
    draw_jobs(8, 100, 0.0, 0.0, characters, ms, copies);
    sim s = world(100, characters, ms, 10);
    s.policy.max_jobs = 33;
    run(&s);
    assert_int_equal(s.submissions, 33);
    assert_int_equal(s.limited, 67);

    s = world(100, characters, ms, 10);
    s.policy.price_per_second = 0.5;
    s.policy.max_cost = 40.0;
    run(&s);
    double cost = ttss_policy_cost(&s.policy, s.schedule.billed_ms);
    assert_true(cost <= 40.0 && cost > 40.0 - 0.5 * 7.0); /* not a longest job further off */
    assert_int_equal(s.done, s.submissions);
    assert_int_equal(s.failed, 0);
    assert_true(s.limited > 0);

    s = world(100, characters, ms, 10); /* enough for all */
    s.policy.price_per_second = 0.5;
    s.policy.max_cost = 1000.0;
    run(&s);
    assert_int_equal(s.done, 100);
}

/* Jobs that cost ten times what was expected, and would all have gone out on that. */
static void test_a_limit_of_money_holds_where_the_estimate_is_far_off(void **state) {
    static size_t characters[20];
    static int64_t ms[20];
    (void)state;
    for (size_t i = 0; i < COUNT(ms); i++) {
        characters[i] = 25;
        ms[i] = 13000;
    }
    sim s = world(COUNT(ms), characters, ms, 25);
    s.policy.price_per_second = 1.0;
    s.policy.max_cost = 60.0;
    run(&s);
    assert_int_equal(s.done, 4); /* a fifth would pass it */
    assert_int_equal(s.limited, 16);
    assert_false(ttss_schedule_overrun(&s.schedule));

    s = world(COUNT(ms), characters, ms, 25); /* two are begun, and told of */
    s.policy.price_per_second = 1.0;
    s.policy.max_cost = 20.0;
    run(&s);
    assert_int_equal(s.done, 2);
    assert_true(ttss_schedule_overrun(&s.schedule));
}

/* One that works for longer than was expected leaves less for others. */
static void test_time_worked_is_put_aside(void **state) {
    ttss_policy policy = {.protocol = &ttss_protocol_runpod,
                          .max_in_flight = 8,
                          .expected_ms = 1000,
                          .price_per_second = 1.0,
                          .max_cost = 5.0,
                          .secret = ""};
    ttss_schedule s;
    (void)state;
    assert_true(ttss_schedule_init(&s, &policy, 0));
    for (int64_t i = 0; i < 3; i++)
        ttss_schedule_queue(&s, ttss_job_new(i, ttss_strdup("{}"), 2));
    ttss_schedule_admit(&s, 1);
    assert_int_equal(s.active_count, 2); /* no time is known yet */
    s.active[0]->progress_ms = 1;
    assert_true(ttss_schedule_affords(&s, s.queued.first, 1));
    assert_true(ttss_schedule_affords(&s, s.queued.first, 3001));
    assert_false(ttss_schedule_affords(&s, s.queued.first, 3002));
    ttss_job_free(s.active[0]);
    ttss_job_free(s.active[1]);
    ttss_schedule_free(&s);
}

/* --- waits ---------------------------------------------------------------------------------- */

static void test_waits_are_spread(void **state) {
    sim s = world(0, NULL, NULL, 1);
    ttss_budget budget = {1000, 0};
    double sum = 0;
    (void)state;
    s.policy.budget = &budget;
    for (int64_t i = 0; i < 100; i++) {
        int64_t due[2];
        for (int again = 0; again < 2; again++) { /* the same job, the same wait */
            ttss_job *job = ttss_job_new(i, ttss_strdup("{}"), 2);
            ttss_job_admit(job, 0);
            ttss_job_begin(job, &s.policy, 0);
            s.now = 0;
            answer(&s, job, 503, "");
            due[again] = job->due_ms;
            assert_int_equal(job->next, TTSS_NEXT_SUBMIT);
            ttss_job_free(job);
            budget.spent = 0;
        }
        assert_int_equal(due[0], due[1]);
        assert_in_range(due[0], 0, 500);
        sum += (double)due[0];
    }
    assert_true(sum / 100 > 200 && sum / 100 < 300);
}

static void test_the_budget_ends_retries(void **state) {
    sim s = world(0, NULL, NULL, 1);
    ttss_budget budget = {5, 10};
    ttss_job *job = ttss_job_new(0, ttss_strdup("{}"), 2);
    (void)state;
    s.policy.budget = &budget;
    ttss_job_admit(job, 0);
    ttss_job_begin(job, &s.policy, 0);
    answer(&s, job, 429, ""); /* who is told to wait, and does, is no burden */
    assert_int_equal(job->next, TTSS_NEXT_SUBMIT);
    ttss_job_begin(job, &s.policy, 0);
    answer(&s, job, 503, "");
    assert_int_equal(job->next, TTSS_NEXT_DONE);
    assert_int_equal(job->failure.code, TTSSLICE_ERR_HTTP);
    assert_non_null(strstr(job->failure.message, "the run's 10 further tries are used up"));
    assert_true(job->retryable);
    ttss_job_free(job);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_estimate_starts_from_the_prior),
        cmocka_unit_test(test_estimate_learns_the_line),
        cmocka_unit_test(test_limit_gives_way),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_near_the_ideal),
        cmocka_unit_test(test_hedges_pay),
        cmocka_unit_test(test_hedges_keep_away),
        cmocka_unit_test(test_an_endpoint_that_refuses),
        cmocka_unit_test(test_smallest_index_within_a_window),
        cmocka_unit_test(test_suspects_are_tried_alone),
        cmocka_unit_test(test_limits_stop_the_run),
        cmocka_unit_test(test_a_limit_of_money_holds_where_the_estimate_is_far_off),
        cmocka_unit_test(test_time_worked_is_put_aside),
        cmocka_unit_test(test_waits_are_spread),
        cmocka_unit_test(test_the_budget_ends_retries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
