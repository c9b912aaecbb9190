/* SPDX-License-Identifier: MIT */
/**
 * @file ttsslice.h
 * Everything: text in, validated speech out, one slice at a time.
 *
 *     text --chunk--> chunks --dispatch--> candidates --validate--> verdicts
 *          --select--> takes --concat--> audio and timeline
 */
#ifndef TTSSLICE_TTSSLICE_H
#define TTSSLICE_TTSSLICE_H

#include <ttsslice/audio.h>
#include <ttsslice/chunk.h>
#include <ttsslice/compare.h>
#include <ttsslice/concat.h>
#include <ttsslice/dispatch.h>
#include <ttsslice/engine.h>
#include <ttsslice/error.h>
#include <ttsslice/handler.h>
#include <ttsslice/log.h>
#include <ttsslice/run.h>
#include <ttsslice/select.h>
#include <ttsslice/validate.h>
#include <ttsslice/version.h>

#endif
