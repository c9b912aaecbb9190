/* SPDX-License-Identifier: MIT */
/* Plans: one placement per slice, by name and by hand, and the check that a combination is
 * possible. The table of names is the migration that an application goes through. */
#include "pipeline/plan.h"

#include "base/error.h"
#include "base/options.h"

#include <stdbool.h>
#include <string.h>

enum { OFF = TTSSLICE_PLACE_OFF, HERE = TTSSLICE_PLACE_LOCAL, THERE = TTSSLICE_PLACE_HANDLER };
#define HOST TTSSLICE_PLACE_HOST

static const struct {
    const char *name;
    ttsslice_plan plan;
} named[] = {
    /*                                  generate chunk dispatch validate select concat one-take */
    {"slice0", {sizeof(ttsslice_plan), HERE, HERE, OFF, HERE, HERE, HERE, 0, 0}},
    {"slice1", {sizeof(ttsslice_plan), THERE, HERE, OFF, HERE, HERE, HERE, 1, 0}},
    {"slice2", {sizeof(ttsslice_plan), THERE, HERE, OFF, HERE, HERE, HERE, 0, 0}},
    {"slice3", {sizeof(ttsslice_plan), THERE, HERE, OFF, THERE, HERE, HERE, 0, 0}},
    {"slice4", {sizeof(ttsslice_plan), THERE, HERE, OFF, THERE, THERE, HERE, 0, 0}},
    {"slice5", {sizeof(ttsslice_plan), THERE, HERE, HERE, THERE, THERE, HERE, 0, 0}},
};

static const char *const place_names[] = {"off", "local", "handler", "host"};

/* Where each slice may be, as bits of 1 << place. */
#define AT(place) (1u << (place))
static const struct {
    const char *name;
    size_t offset;
    unsigned allowed;
    const char *choices;
} slices[] = {
    {"generate", offsetof(ttsslice_plan, generate), AT(HERE) | AT(THERE) | AT(HOST),
     "local, handler, host"},
    {"chunk", offsetof(ttsslice_plan, chunk), AT(OFF) | AT(HERE) | AT(HOST), "off, local, host"},
    {"dispatch", offsetof(ttsslice_plan, dispatch), AT(OFF) | AT(HERE) | AT(HOST),
     "off, local, host"},
    {"validate", offsetof(ttsslice_plan, validate), AT(OFF) | AT(HERE) | AT(THERE) | AT(HOST),
     "off, local, handler, host"},
    {"select", offsetof(ttsslice_plan, select), AT(OFF) | AT(HERE) | AT(THERE) | AT(HOST),
     "off, local, handler, host"},
    {"concat", offsetof(ttsslice_plan, concat), AT(OFF) | AT(HERE) | AT(HOST), "off, local, host"},
};
#define SLICES (sizeof slices / sizeof slices[0])

const char *ttsslice_place_name(int32_t place) {
    return place >= OFF && place <= HOST ? place_names[place] : "unknown";
}

int32_t ttsslice_plan_named(const char *name, ttsslice_plan *plan, ttsslice_error *err) {
    if (!plan || plan->size < sizeof(ttsslice_plan))
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "the plan is not initialised");
    for (size_t i = 0; name && i < sizeof named / sizeof named[0]; i++)
        if (strcmp(name, named[i].name) == 0) {
            *plan = named[i].plan;
            return 0;
        }
    return ttss_fail(
        err, TTSSLICE_ERR_INVALID,
        "there is no plan \"%s\"; known: slice0, slice1, slice2, slice3, slice4, slice5",
        name ? name : "(null)");
}

static int32_t *member(ttsslice_plan *plan, size_t i) {
    return (int32_t *)(void *)((char *)plan + slices[i].offset);
}

int32_t ttsslice_plan_set(ttsslice_plan *plan, const char *slice, const char *place,
                          ttsslice_error *err) {
    if (!plan || !slice || !place || plan->size < sizeof(ttsslice_plan))
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "plan, slice and place must be given");
    for (size_t i = 0; i < SLICES; i++) {
        if (strcmp(slice, slices[i].name) != 0)
            continue;
        for (int32_t p = OFF; p <= HOST; p++)
            if (strcmp(place, place_names[p]) == 0 && (slices[i].allowed & AT(p))) {
                *member(plan, i) = p;
                if (slices[i].offset == offsetof(ttsslice_plan, validate) && p != THERE &&
                    plan->select == THERE)
                    plan->select = HERE;
                return 0;
            }
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "%s cannot be placed at \"%s\"; possible: %s",
                         slice, place, slices[i].choices);
    }
    return ttss_fail(
        err, TTSSLICE_ERR_INVALID,
        "there is no slice \"%s\"; known: generate, chunk, dispatch, validate, select, "
        "concat",
        slice);
}

int32_t ttss_plan_check(const ttsslice_plan *plan, ttsslice_error *err) {
    ttsslice_plan copy = *plan;
    for (size_t i = 0; i < SLICES; i++) {
        int32_t place = *member(&copy, i);
        if (place < OFF || place > HOST || !(slices[i].allowed & AT(place)))
            return ttss_fail(err, TTSSLICE_ERR_INVALID,
                             "%s cannot be placed at \"%s\"; possible: %s", slices[i].name,
                             ttsslice_place_name(place), slices[i].choices);
    }
    if (plan->validate == THERE && plan->generate != THERE)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "validate is placed at the handler but generate is not; a handler only "
                         "judges takes that it made");
    if (plan->select == THERE && plan->validate != THERE)
        return ttss_fail(err, TTSSLICE_ERR_INVALID,
                         "select is placed at the handler but validate is not; a handler only "
                         "chooses among takes that it judged");
    return ttss_check_range("takes_per_request", plan->takes_per_request, 0, 1, err);
}

/* The order of a migration, as indices of `slices`. */
static const size_t moves[SLICES] = {1, 0, 3, 4, 2, 5};

/* Slice i as in `to`. False if it is so already. */
static bool move(ttsslice_plan *plan, const ttsslice_plan *to, size_t i) {
    ttsslice_plan copy = *to;
    bool takes = i == 0 && plan->takes_per_request != to->takes_per_request;
    bool moved = takes || *member(plan, i) != *member(&copy, i);
    *member(plan, i) = *member(&copy, i);
    if (takes)
        plan->takes_per_request = to->takes_per_request;
    return moved;
}

int32_t ttsslice_plan_next(const ttsslice_plan *from, const ttsslice_plan *to, ttsslice_plan *next,
                           int32_t *slice, ttsslice_error *err) {
    if (!from || !to || !next || from->size < sizeof *from || to->size < sizeof *to ||
        next->size < sizeof *next)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "three plans that are initialised are needed");
    int32_t code = ttss_plan_check(from, err);
    if (!code)
        code = ttss_plan_check(to, err);
    if (code)
        return code;
    for (size_t i = 0; i < SLICES; i++) {
        ttsslice_plan moved = *from;
        if (!move(&moved, to, moves[i]) || ttss_plan_check(&moved, NULL) != 0)
            continue;
        *next = moved;
        if (slice)
            *slice = (int32_t)moves[i] + TTSSLICE_SLICE_GENERATE; /* numbered as the table is */
        return 0;
    }
    return TTSSLICE_ERR_END;
}

int32_t ttss_plan_handler_slice(const ttsslice_plan *plan) {
    if (plan->generate != THERE)
        return 0;
    if (plan->select == THERE)
        return 4;
    if (plan->validate == THERE)
        return 3;
    return plan->takes_per_request == 1 ? 1 : 2;
}
