// The manual page wsproof(1), made from the tables of verbs and options.
#pragma once

#include <string>

namespace wsproof::cli {

/// In the man macros of roff.
std::string man_page();

}  // namespace wsproof::cli
