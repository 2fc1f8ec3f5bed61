// What Documents needs from libxml2: its HTML parser.
#ifndef C_LIBXML2_SHIM_H
#define C_LIBXML2_SHIM_H

// Debian's libxml2 shows ICU in one struct of its headers, and ICU's own headers contradict the copy of them that
// Foundation brings along. That struct (of encodings, behind a pointer) is not used here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#endif
