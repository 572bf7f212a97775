#include "reports/slim.hpp"

#include <algorithm>

namespace wsproof::report {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

class Slimmer {
public:
    Slimmer(std::string_view text, std::span<std::string_view const> names)
        : text_(text), names_(names) {
        out_.reserve(text.size() / 2);
    }

    std::string slim() {
        while (at_ < text_.size()) {
            auto const c = text_[at_];
            if (c == '"')
                copy_string();
            else if (++at_; !is_blank(c))
                out_ += c;
        }
        return std::move(out_);
    }

private:
    void copy_string() {
        auto const token = take_string();
        skip_blanks();
        bool const is_name = at_ < text_.size() && text_[at_] == ':';
        if (is_name && is_unwanted(token))
            skip_member();
        else
            out_ += token;
    }

    bool is_unwanted(std::string_view token) const {
        return token.size() > 2 &&
               std::ranges::find(names_, token.substr(1, token.size() - 2)) != names_.end();
    }

    /// With its quotes; to the end of the text where the last one is missing.
    std::string_view take_string() {
        auto const begin = at_++;
        for (;;) {
            at_ = std::min(text_.find('"', at_), text_.size());
            if (at_ == text_.size()) return text_.substr(begin);
            auto before = at_;
            while (text_[before - 1] == '\\') --before;
            bool const is_escaped = (at_ - before) % 2 == 1;
            ++at_;
            if (!is_escaped) return text_.substr(begin, at_ - begin);
        }
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }

    /// From the colon on, with one of the commas beside it.
    void skip_member() {
        ++at_;
        skip_value();
        skip_blanks();
        if (at_ < text_.size() && text_[at_] == ',')
            ++at_;
        else if (out_.ends_with(','))
            out_.pop_back();
    }

    /// To what follows it: a comma or a bracket of the object that it stands in.
    void skip_value() {
        std::size_t depth = 0;
        while (at_ < text_.size()) {
            auto const c = text_[at_];
            bool const closes = c == '}' || c == ']';
            if (depth == 0 && (closes || c == ',')) return;
            if (c == '"') {
                take_string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (closes) --depth;
            ++at_;
        }
    }

    std::string_view text_;
    std::span<std::string_view const> names_;
    std::size_t at_ = 0;
    std::string out_ = {};
};

}  // namespace

std::string without_members(std::string_view json, std::span<std::string_view const> names) {
    return Slimmer(json, names).slim();
}

}  // namespace wsproof::report
