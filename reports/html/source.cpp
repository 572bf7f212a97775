#include "reports/html/source.hpp"

#include "harness/script/write.hpp"
#include "reports/digest.hpp"

namespace wsproof::report {

std::string CaseSources::of(CaseInfo const& info) {
    if (!catalogue_) catalogue_ = script::embedded_catalogue();
    auto const* const variant = catalogue_->find(info.id);
    if (variant == nullptr) return {};
    auto text = script::write(*variant);
    return "sha256:" + sha256_hex(text) == info.digest ? text : std::string();
}

}  // namespace wsproof::report
