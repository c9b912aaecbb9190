/* SPDX-License-Identifier: MIT */
/* Greek for the splitter; see language.h for what each table is for. The question mark is ";"
 * (U+003B, or U+037E); "·" is a semicolon and ends nothing. Quotations are «...». "κ." is a
 * title; "π.Χ." and "π.χ." fold alike, and both go on but before a common first word. */
#include "chunk/language.h"

#define ALWAYS TTSS_ABBREVIATION_ALWAYS
#define NUMBER TTSS_ABBREVIATION_NUMBER
#define NAME   TTSS_ABBREVIATION_NAME

#define ANY     TTSS_CASE_ANY
#define CAPITAL TTSS_CASE_CAPITAL

/* clang-format off */
static const ttss_abbreviation abbreviations[] = {
    {"a.k.a", NAME, ANY}, {"co", NAME, CAPITAL}, {"corp", NAME, CAPITAL}, {"dr", ALWAYS, CAPITAL},
    {"e.g", ALWAYS, ANY}, {"etc", NAME, ANY}, {"i.e", ALWAYS, ANY}, {"inc", NAME, CAPITAL},
    {"jr", NAME, CAPITAL}, {"ltd", NAME, CAPITAL}, {"mr", ALWAYS, CAPITAL},
    {"mrs", ALWAYS, CAPITAL}, {"ms", ALWAYS, CAPITAL}, {"ph.d", NAME, ANY},
    {"prof", ALWAYS, CAPITAL}, {"sr", NAME, CAPITAL}, {"u.s", NAME, ANY}, {"vs", ALWAYS, ANY},
    {"§", NUMBER, ANY}, {"άρ", NUMBER, ANY}, {"άρθ", NUMBER, ANY}, {"ήλ", NAME, ANY},
    {"α.δ", NAME, ANY}, {"α.ε", NAME, ANY}, {"α.μ", NAME, ANY}, {"αγ", ALWAYS, ANY},
    {"αγγλ", NAME, ANY}, {"αι", ALWAYS, ANY}, {"αιτ", NAME, ANY}, {"αιών", NAME, ANY},
    {"ανθ", ALWAYS, ANY}, {"απρ", NAME, ANY}, {"αρ", NUMBER, ANY}, {"αριθ", NUMBER, ANY},
    {"αρχ", NAME, ANY}, {"αρχιμ", ALWAYS, ANY}, {"αυγ", NAME, ANY}, {"β.δ", NAME, ANY},
    {"βιβλ", NAME, ANY}, {"βλ", ALWAYS, ANY}, {"βλ.π", ALWAYS, ANY}, {"γαλλ", NAME, ANY},
    {"γεν", ALWAYS, ANY}, {"γερμ", NAME, ANY}, {"γραμμ", NAME, ANY}, {"δεκ", NAME, ANY},
    {"δηλ", ALWAYS, ANY}, {"διδ", ALWAYS, ANY}, {"διευθ", ALWAYS, ANY}, {"δις", ALWAYS, ANY},
    {"δισ", NAME, ANY}, {"δολ", NAME, ANY}, {"δρ", ALWAYS, ANY}, {"δρ.ος", ALWAYS, ANY},
    {"δρχ", NAME, ANY}, {"ε.π.ε", NAME, ANY}, {"εβδ", NAME, ANY}, {"εδ", NUMBER, ANY},
    {"εικ", NUMBER, ANY}, {"εκ", NAME, ANY}, {"εκατ", NAME, ANY}, {"εκδ", NAME, ANY},
    {"εκδ.ο", NAME, ANY}, {"ελλ", NAME, ANY}, {"επ", ALWAYS, CAPITAL}, {"επίσ", ALWAYS, ANY},
    {"επικ", ALWAYS, ANY}, {"επιμ", NAME, ANY}, {"επισκ", ALWAYS, CAPITAL}, {"επισμ", ALWAYS, ANY},
    {"ετ", NAME, ANY}, {"ευρ", NAME, ANY}, {"εφ", NAME, ANY}, {"ηλ", NAME, ANY}, {"ημ", NAME, ANY},
    {"θεοφ", ALWAYS, ANY}, {"ιαν", NAME, ANY}, {"ιερ", ALWAYS, ANY}, {"ιουλ", NAME, ANY},
    {"ιουν", NAME, ANY}, {"ιούλ", NAME, ANY}, {"ιούν", NAME, ANY}, {"ισπ", NAME, ANY},
    {"ιστ", NAME, ANY}, {"ιταλ", NAME, ANY}, {"κ", ALWAYS, CAPITAL}, {"κ.ά", NAME, ANY},
    {"κ.α", NAME, ANY}, {"κ.α.ά", NAME, ANY}, {"κ.ε", NAME, ANY}, {"κ.εξ", NAME, ANY},
    {"κ.κ", ALWAYS, ANY}, {"κ.λ", NAME, ANY}, {"κ.λ.π", NAME, ANY}, {"κ.λπ", NAME, ANY},
    {"κ.ο.κ", NAME, ANY}, {"κ.τ.λ", NAME, ANY}, {"κ.τ.ό", NAME, ANY}, {"κα", ALWAYS, ANY},
    {"καθ", ALWAYS, ANY}, {"καθηγ", ALWAYS, ANY}, {"κεφ", NUMBER, ANY}, {"κκ", ALWAYS, ANY},
    {"κλπ", NAME, ANY}, {"κοκ", NAME, ANY}, {"κος", ALWAYS, ANY}, {"κτλ", NAME, ANY},
    {"κυβ", NAME, ANY}, {"κωδ", NUMBER, ANY}, {"λ", ALWAYS, ANY}, {"λ.χ", ALWAYS, ANY},
    {"λατ", NAME, ANY}, {"λγος", ALWAYS, CAPITAL}, {"λεπ", NAME, ANY}, {"λεωφ", ALWAYS, ANY},
    {"λοχ", ALWAYS, CAPITAL}, {"μ", NAME, ANY}, {"μ.κ.ο", NAME, ANY}, {"μ.μ", NAME, ANY},
    {"μ.χ", NAME, ANY}, {"μάι", NAME, ANY}, {"μάρ", NAME, ANY}, {"μαθ", NAME, ANY},
    {"μακ", ALWAYS, ANY}, {"μαρτ", NAME, ANY}, {"μετ", NAME, ANY}, {"μητρ", ALWAYS, CAPITAL},
    {"μτγν", ALWAYS, ANY}, {"μτφ", NAME, ANY}, {"μτφρ", NAME, ANY}, {"ν.π.δ.δ", NAME, ANY},
    {"ν.π.ι.δ", NAME, ANY}, {"νο", NUMBER, ANY}, {"νοε", NAME, ANY}, {"νούμ", NUMBER, ANY},
    {"ντοκ", ALWAYS, ANY}, {"ο.ε.δ", NAME, ANY}, {"οδ", ALWAYS, ANY}, {"οκτ", NAME, ANY},
    {"ορθ", NAME, ANY}, {"ουσ", NAME, ANY}, {"π.δ", NAME, ANY}, {"π.μ", NAME, ANY},
    {"π.χ", NAME, ANY}, {"παλ", NAME, ANY}, {"παπ", ALWAYS, ANY}, {"παρ", NUMBER, ANY},
    {"παράρ", NUMBER, ANY}, {"πατρ", ALWAYS, CAPITAL}, {"πβ", ALWAYS, ANY}, {"πιν", NUMBER, ANY},
    {"πλ", ALWAYS, CAPITAL}, {"πληθ", NAME, ANY}, {"ποιητ", NAME, ANY}, {"πρ", ALWAYS, CAPITAL},
    {"πρ.χ", NAME, ANY}, {"πρβ", ALWAYS, ANY}, {"πρβλ", ALWAYS, ANY}, {"προσθ", NAME, ANY},
    {"πρωθ", ALWAYS, ANY}, {"πχ", ALWAYS, ANY}, {"ρωσ", NAME, ANY}, {"σ.σ", NAME, ANY},
    {"σεβ", ALWAYS, ANY}, {"σελ", NUMBER, ANY}, {"σεπ", NAME, ANY}, {"σεπτ", NAME, ANY},
    {"σερ", ALWAYS, CAPITAL}, {"σημ", NAME, ANY}, {"σημ.ε", NAME, ANY}, {"σσ", NUMBER, ANY},
    {"στ", NUMBER, ANY}, {"στίχ", NUMBER, ANY}, {"στρ", ALWAYS, CAPITAL}, {"στρέμ", NAME, ANY},
    {"συν", ALWAYS, ANY}, {"σχ", NUMBER, ANY}, {"σχήμ", NUMBER, ANY}, {"τ.έ", ALWAYS, ANY},
    {"τ.μ", NAME, ANY}, {"τ.χλμ", NAME, ANY}, {"ταγμ", ALWAYS, CAPITAL}, {"τευχ", NUMBER, ANY},
    {"τηλ", NUMBER, ANY}, {"τομ", NUMBER, ANY}, {"τουρκ", NAME, ANY}, {"τρις", NAME, ANY},
    {"τρισ", NAME, ANY}, {"τόμ", NUMBER, ANY}, {"υ.γ", NAME, ANY}, {"υπ", ALWAYS, ANY},
    {"υπ.αρ", NUMBER, ANY}, {"υπολ", ALWAYS, CAPITAL}, {"υποστρ", ALWAYS, CAPITAL},
    {"υστ", NAME, ANY}, {"φεβ", NAME, ANY}, {"φρ", NAME, ANY}, {"φυσ", NAME, ANY},
    {"φύλ", NUMBER, ANY}, {"χ.μ", NAME, ANY}, {"χιλ", NAME, ANY}, {"χλμ", NAME, ANY},
    {"χρ", NAME, ANY}, {"χφ", NUMBER, ANY}, {"ό.π", NAME, ANY},
};

static const char *const starters[] = {
    "άλλη", "άλλοι", "άλλος", "άλλωστε", "άρα", "ένα", "έναν", "ένας", "έπειτα", "έτσι", "έχει",
    "έχουν", "έως", "ή", "ήδη", "ήταν", "ίσως", "α", "ακριβώς", "ακόμα", "ακόμη", "αλλά", "αλλιώς",
    "αμέσως", "αν", "ανάμεσα", "αντί", "αντίθετα", "απλά", "απλώς", "αποτέλεσμα", "από", "αργότερα",
    "αρκετά", "αρχικά", "ας", "αυτά", "αυτές", "αυτή", "αυτοί", "αυτό", "αυτόν", "αυτός", "αφού",
    "βέβαια", "βεβαίως", "γι", "για", "γιατί", "δίπλα", "δε", "δεν", "δηλαδή", "διότι", "δυστυχώς",
    "δύο", "εάν", "εγώ", "εδώ", "εκεί", "εκείνη", "εκείνο", "εκείνος", "εκτός", "εμείς",
    "εντούτοις", "ενώ", "εξάλλου", "εξαιτίας", "επί", "επίσης", "επειδή", "επιπλέον", "εσείς",
    "εσύ", "ευτυχώς", "η", "θα", "κάθε", "κάποια", "κάποιοι", "κάποιος", "κάτι", "κάτω", "καθώς",
    "και", "κανένας", "κατά", "κι", "κυρίως", "λίγο", "λοιπόν", "λόγω", "μάλιστα", "μάλλον", "μέσα",
    "μέχρι", "μήπως", "μία", "μα", "μαζί", "με", "μετά", "μεταξύ", "μη", "μην", "μια", "μου",
    "μπορεί", "μόλις", "μόνο", "να", "ναι", "νομίζω", "ξαφνικά", "ο", "ο,τι", "οι", "ούτε", "πάντα",
    "πάντως", "πάνω", "παρά", "παράλληλα", "παρόλα", "παρόλο", "περίπου", "πιθανόν", "πιο", "ποια",
    "ποιο", "ποιος", "πολλά", "πολλές", "πολλή", "πολλοί", "πολύ", "ποτέ", "που", "πού", "πρέπει",
    "πριν", "προς", "προφανώς", "πρόκειται", "πρώτα", "πως", "πότε", "πώς", "σήμερα", "σίγουρα",
    "σαν", "σε", "στα", "στη", "στην", "στις", "στο", "στον", "στους", "συγκεκριμένα", "συνήθως",
    "συνεπώς", "συχνά", "σχεδόν", "σύμφωνα", "τέλος", "τέτοια", "τίποτα", "τα", "τελικά", "τη",
    "την", "της", "τι", "τις", "το", "τον", "του", "τουλάχιστον", "τους", "τρία", "τρεις", "των",
    "τόσο", "τότε", "τώρα", "υπάρχει", "υπάρχουν", "υπό", "φυσικά", "χθες", "χτες", "χωρίς", "ως",
    "ωστόσο", "όλα", "όλες", "όλη", "όλοι", "όλος", "όμως", "όποιος", "όποτε", "όπου", "όπως",
    "όσο", "όσοι", "όταν", "ότι", "όχι", "ώστε",
};

static const char *const numbered_headings[] = {
    "άρθρο", "βήμα", "βιβλίο", "ενότητα", "επεισόδιο", "επιστολή", "κεφάλαιο", "μάθημα", "μέρος",
    "παράγραφος", "παράρτημα", "πράξη", "σκηνή", "τόμος", "ωδή",
};

static const char *const plain_headings[] = {
    "αφιέρωση", "βιβλιογραφία", "γλωσσάριο", "εισαγωγή", "επίλογος", "ευρετήριο", "ευχαριστίες",
    "παράρτημα", "περίληψη", "περιεχόμενα", "πρόλογος", "σημειώσεις", "συμπέρασμα", "συμπεράσματα",
};

static const char *const number_words[] = {
    "έβδομη", "έβδομο", "έκτη", "έκτο", "ένα", "ένας", "ένατη", "ένατο", "έξι", "δέκα", "δέκατη",
    "δέκατο", "δεύτερη", "δεύτερο", "δεύτερος", "δύο", "εννέα", "εννιά", "επτά", "εφτά", "μία",
    "οκτώ", "οχτώ", "πέμπτη", "πέμπτο", "πέντε", "πρώτη", "πρώτο", "πρώτος", "τέσσερα", "τέσσερις",
    "τέταρτη", "τέταρτο", "τρία", "τρίτη", "τρίτο", "τρίτος", "τρεις", "όγδοη", "όγδοο",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_el = {
    .code = "el",
    .abbreviations = abbreviations,
    .abbreviation_count = sizeof abbreviations / sizeof abbreviations[0],
    .starters = LIST(starters),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .extra_stop_count = 2,
    .extra_stops = {{0x3B, TTSS_STOP_STRONG}, {0x37E, TTSS_STOP_STRONG}},
};
