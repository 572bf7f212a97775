// The frame of a page: head, policy, style and script, the same for every page that we write.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/html/html.hpp"

namespace wsproof::report {

/// How style and script come along.
enum class Assets : std::uint8_t {
    inlined,   ///< in the page: one file
    external,  ///< beside it: for servers whose policy forbids what stands in a page
    none,      ///< the style in the page, and nothing that runs
};

struct Frame {
    std::string title = {};
    std::vector<Asset> styles = {};  ///< behind that of the frame: tokens, type, header, tables
    std::vector<Asset> scripts =
        {};  ///< behind that of the frame: theme, elements, fragment, copying
    Assets assets = Assets::inlined;
    std::string stem = "report";  ///< external: STEM.css and STEM.js
};

/// A whole page. Its policy forbids every request, and every style and script but those of the
/// frame, which are named by their digests; external ones have to come from where the page does.
std::string framed_page(Frame const& frame, std::function<void(Html&)> const& put_body);

/// The dialog that tells what keys do: opened by the scripts, by its id "keys".
using Keys = std::vector<std::pair<std::string_view, std::string_view>>;
void put_keys(Html& html, Keys const& keys);

/// What stands beside the page when its assets are external.
std::string style_sheet(Frame const& frame);
std::string script_of(Frame const& frame);

}  // namespace wsproof::report
