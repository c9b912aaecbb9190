/* SPDX-License-Identifier: MIT */
/* Lists of jobs, and the order in which they are submitted: longest first, which keeps the last
 * ones from running on alone (at most 4/3 of the best schedule, and with many jobs on each slot
 * close to it), or smallest index first. A merge sort, as the list is linked. */
#include "dispatch/schedule.h"

#include <ttsslice/dispatch.h>

void ttss_job_push(ttss_job_list *list, ttss_job *job) {
    job->link = NULL;
    if (list->last)
        list->last->link = job;
    else
        list->first = job;
    list->last = job;
    list->count++;
}

ttss_job *ttss_job_pop(ttss_job_list *list) {
    ttss_job *job = list->first;
    if (!job)
        return NULL;
    list->first = job->link;
    if (!list->first)
        list->last = NULL;
    list->count--;
    return job;
}

/* Cuts a chain behind its middle and returns the second half. */
static ttss_job *halve(ttss_job *first) {
    ttss_job *slow = first;
    for (ttss_job *fast = first->link; fast && fast->link; fast = fast->link->link)
        slow = slow->link;
    ttss_job *second = slow->link;
    slow->link = NULL;
    return second;
}

static bool goes_before(const ttss_job *a, const ttss_job *b, int32_t order) {
    if (order == TTSSLICE_ORDER_INDEX)
        return a->index < b->index;
    /* What an earlier run has submitted costs nothing, and may be forgotten over there. */
    return a->collecting != b->collecting ? a->collecting : a->weight > b->weight;
}

static ttss_job *merge(ttss_job *a, ttss_job *b, int32_t order) {
    ttss_job *first = NULL, **end = &first;
    while (a && b) {
        ttss_job **from = goes_before(b, a, order) ? &b : &a;
        *end = *from;
        end = &(*from)->link;
        *from = *end;
    }
    *end = a ? a : b;
    return first;
}

/* As deep as the logarithm of the number. */
static ttss_job *sort(ttss_job *first, int32_t order) {
    if (!first || !first->link)
        return first;
    ttss_job *second = halve(first);
    return merge(sort(first, order), sort(second, order), order);
}

void ttss_job_sort(ttss_job_list *list, int32_t order) {
    if (order == TTSSLICE_ORDER_GIVEN)
        return;
    list->first = sort(list->first, order);
    for (ttss_job *job = list->first; job; job = job->link)
        list->last = job;
}
