// Keeps credentials out of every report: header values, command lines, URLs, transcripts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/model.hpp"

namespace wsproof::report {

inline constexpr std::string_view redacted_mark = "•••";

/// Values of Authorization, Proxy-Authorization and Cookie, and the passwords of URLs. What the
/// target was given is also taken out where the peer repeats it.
class Redactor {
public:
    explicit Redactor(Report const& report) : Redactor(report.setting) {}
    explicit Redactor(play::Setting const& setting);

    /// A text in which a secret may be repeated.
    std::string text(std::string_view words) const;
    /// The same, every secret as long as it was: what is judged again fits what was sent.
    std::string same_length(std::string_view words) const;
    /// A command line: "-H", "-u" and "-b" with what follows, and URLs.
    std::vector<std::string> arguments(std::vector<std::string> const& words) const;
    std::vector<wire::HeaderField> headers(std::vector<wire::HeaderField> fields) const;
    run::Profile profile(run::Profile profile) const;
    play::Result result(play::Result result) const;

private:
    void hide_cut_secrets(std::string& text) const;
    void add_cookies(std::string_view cookies);
    void entry(play::Entry& entry) const;
    void masked_frame(play::Entry& entry) const;

    std::vector<std::string> secrets_;
};

bool is_secret_field(std::string_view name);

}  // namespace wsproof::report
