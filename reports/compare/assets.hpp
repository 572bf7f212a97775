// Style and script of the matrix's page, as they stand in web/.
#pragma once

#include "reports/html/html.hpp"

namespace wsproof::report {

extern Asset const compare_style;
extern Asset const compare_script;

}  // namespace wsproof::report
