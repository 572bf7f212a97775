// What stands behind the cells of the page, as JSON in which no text is repeated.
#pragma once

#include <string>

#include "reports/compare/matrix.hpp"

namespace wsproof::report {

/// {"texts": […], "titles": [a row], "reruns": [a column], "cells": [a row: {column: [words, sent,
/// got, expected…]}]}, texts by their number; cells that just passed are not there.
std::string details_json(Matrix const& matrix);

}  // namespace wsproof::report
