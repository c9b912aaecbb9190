/* SPDX-License-Identifier: MIT */
/* The order in which jobs are submitted: longest first, which keeps the last ones from running on
 * alone (R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", 1969: at most 4/3 of the best
 * schedule, and with many jobs on each slot close to it). A merge sort, as the list is linked. */
#include "dispatch/loop.h"

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

static ttss_job *merge(ttss_job *a, ttss_job *b) {
    ttss_job *first = NULL, **end = &first;
    while (a && b) {
        ttss_job **from = b->weight > a->weight ? &b : &a;
        *end = *from;
        end = &(*from)->link;
        *from = *end;
    }
    *end = a ? a : b;
    return first;
}

/* As deep as the logarithm of the number. */
static ttss_job *sort(ttss_job *first) {
    if (!first || !first->link)
        return first;
    ttss_job *second = halve(first);
    return merge(sort(first), sort(second));
}

void ttss_job_sort(ttss_job_list *list) {
    list->first = sort(list->first);
    for (ttss_job *job = list->first; job; job = job->link)
        list->last = job;
}
