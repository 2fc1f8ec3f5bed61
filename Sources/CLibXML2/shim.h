// What Documents needs from libxml2: its HTML parser.
#ifndef C_LIBXML2_SHIM_H
#define C_LIBXML2_SHIM_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#endif
