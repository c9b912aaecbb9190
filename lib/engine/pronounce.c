/* SPDX-License-Identifier: MIT */
/* Pronunciations of the words of a text. The dictionary first; a word that it lacks is taken
 * through flite's letter-to-sound rules, run by run of letters, and also spelled if it could be an
 * acronym. Phones are those of cmudict. */
#include "engine/listen.h"

#include "engine/speech.h"

#include <string.h>

#define WORD_MAX    64
#define SPELLED_MAX 24

static const char *const letter_names[26] = {"EY",
                                             "B IY",
                                             "S IY",
                                             "D IY",
                                             "IY",
                                             "EH F",
                                             "JH IY",
                                             "EY CH",
                                             "AY",
                                             "JH EY",
                                             "K EY",
                                             "EH L",
                                             "EH M",
                                             "EH N",
                                             "OW",
                                             "P IY",
                                             "K Y UW",
                                             "AA R",
                                             "EH S",
                                             "T IY",
                                             "Y UW",
                                             "V IY",
                                             "D AH B AH L Y UW",
                                             "EH K S",
                                             "W AY",
                                             "Z IY"};

static const char *const digit_names[10] = {"Z IH R OW", "W AH N", "T UW",     "TH R IY",
                                            "F AO R",    "F AY V", "S IH K S", "S EH V AH N",
                                            "EY T",      "N AY N"};

/* Without flite: one rough phone a letter. The recogniser only has to tell the word from the
 * others of the text. */
static const char *const letter_sounds[26] = {"AE", "B", "K",  "D", "EH", "F",   "G",  "HH", "IH",
                                              "JH", "K", "L",  "M", "N",  "AA",  "P",  "K",  "R",
                                              "S",  "T", "AH", "V", "W",  "K S", "IY", "Z"};

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Phones of one pronunciation follow each other on a line. */
static void add_phones(const char *phones, ttss_buf *out) {
    if (out->length && out->data[out->length - 1] != '\n')
        ttss_buf_add_char(out, ' ');
    ttss_buf_add_text(out, phones);
}

static void end_line(ttss_buf *out) {
    if (out->length && out->data[out->length - 1] != '\n')
        ttss_buf_add_char(out, '\n');
}

/* Accents off, everything but Latin letters, digits and apostrophes out. */
static void plain_word(const char *word, char plain[WORD_MAX], ttss_buf *out) {
    ttss_buf ascii;
    ttss_buf_init(&ascii, 4 * 1024 * 1024);
    ttss_add_plain(word, strlen(word), &ascii);
    out->failed = out->failed || ascii.failed;
    size_t length = 0;
    for (size_t i = 0; i < ascii.length && length < WORD_MAX - 1; i++)
        plain[length++] = lower(ascii.data[i]);
    plain[length] = '\0';
    ttss_buf_free(&ascii);
}

static bool add_known(const ttss_dictionary *dictionary, const char *word, ttss_buf *out) {
    size_t length = 0;
    const char *phones = NULL;
    size_t index = 0;
    while ((phones = ttss_dictionary_find(dictionary, word, index, &length)) != NULL) {
        ttss_buf_add(out, phones, length);
        ttss_buf_add_char(out, '\n');
        index++;
    }
    return index > 0;
}

static void sound_out(const char *letters, size_t length, ttss_buf *out) {
    char run[WORD_MAX];
    memcpy(run, letters, length);
    run[length] = '\0';
    if (ttss_flite_pronounce(run, out))
        return;
    for (size_t i = 0; i < length; i++)
        if (is_letter(letters[i]))
            add_phones(letter_sounds[letters[i] - 'a'], out);
}

static void add_guess(const char *word, ttss_buf *out) {
    for (size_t i = 0; word[i];) {
        size_t run = 0;
        while (is_letter(word[i + run]) || (word[i + run] == '\'' && run > 0))
            run++;
        if (run)
            sound_out(word + i, run, out);
        else if (is_digit(word[i]))
            add_phones(digit_names[word[i] - '0'], out);
        i += run ? run : 1;
    }
    end_line(out);
}

static void add_spelled(const char *word, ttss_buf *out) {
    size_t letters = strlen(word);
    if (letters < 2 || letters > SPELLED_MAX ||
        strspn(word, "abcdefghijklmnopqrstuvwxyz") != letters)
        return;
    for (size_t i = 0; i < letters; i++)
        add_phones(letter_names[word[i] - 'a'], out);
    end_line(out);
}

/* "dmitri", "nguyen": no English word begins so, and some voices spell what they cannot say. */
static bool has_odd_onset(const char *word) {
    static const char onsets[] =
        " bl br ch cl cr dr dw fl fr gh gl gn gr kh kl kn kr ll ph pl pr ps "
        "rh sc sh sk sl sm sn sp sq st sv sw th tr tw wh wr ";
    char padded[] = {' ', word[0], word[0] ? word[1] : '\0', ' ', '\0'};
    return is_letter(padded[1]) && is_letter(padded[2]) && !strchr("aeiouy", padded[1]) &&
           !strchr("aeiouy", padded[2]) && padded[1] != 'q' && !strstr(onsets, padded);
}

void ttss_pronounce(const ttss_dictionary *dictionary, const char *word, ttss_buf *out) {
    if (add_known(dictionary, word, out)) {
        if (has_odd_onset(word))
            add_spelled(word, out);
        return;
    }
    char plain[WORD_MAX];
    plain_word(word, plain, out);
    if (!strpbrk(plain, "abcdefghijklmnopqrstuvwxyz0123456789"))
        return;
    if (strcmp(plain, word) != 0 && add_known(dictionary, plain, out))
        return;
    add_guess(plain, out);
    add_spelled(plain, out);
}
