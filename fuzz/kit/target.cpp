#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "fuzz/finding.hpp"
#include "fuzz/kit/catalogue.hpp"
#include "fuzz/kit/include/wsproof/kit.hpp"
#include "fuzz/kit/input.hpp"
#include "fuzz/kit/model_coverage.hpp"
#include "fuzz/kit/report.hpp"
#include "fuzz/kit/server_peer.hpp"
#include "fuzz/model.hpp"
#include "fuzz/mutate.hpp"

/// libFuzzer's own mutator of bytes, which knows the dictionary and what was compared; whoever is
/// not linked with an engine has none.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                      std::size_t max_size);

namespace wsproof::kit {
namespace {

constexpr std::uint64_t number = 1;  ///< of every session: one input means the same bytes

ChangeBytes engine() {
    return LLVMFuzzerMutate == nullptr ? ChangeBytes{} : ChangeBytes{LLVMFuzzerMutate};
}

fuzz::Traits traits_of(Options const& options) {
    return {.echoes_text = options.echoes_text,
            .echoes_binary = options.echoes_binary,
            .answers_pings = options.answers_pings};
}

/// How a session came out in one delivery.
struct Played {
    std::string_view delivery = {};
    play::Result result = {};
    std::string thrown = {};
    std::string signature = {};
};

bool tells_of_a_mistake(std::optional<std::uint16_t> code) {
    return code == 1002 || code == 1003 || code == 1007 || code == 1008 || code == 1009;
}

/// What must not depend on how bytes are cut into reads. Of several mistakes either may be seen
/// first, so that one failure is as good as another.
std::string_view end_of(play::Result const& result) {
    switch (result.ending) {
        case play::Ending::none:
        case play::Ending::timeout:
            return "it stays open";
        case play::Ending::refused:
            return "it is refused";
        case play::Ending::drop:
        case play::Ending::reset:
        case play::Ending::wrong_code:
            return "it is failed";
        case play::Ending::clean:
        case play::Ending::close_then_drop:
            break;
    }
    return tells_of_a_mistake(result.close.received) ? "it is failed" : "it is closed";
}

}  // namespace

struct Target::Impl {
    Impl(Options wanted, Factory made) : options(std::move(wanted)), factory(std::move(made)) {
        if (!factory) throw std::invalid_argument("expected a factory of servers");
    }

    std::optional<fuzz::Session> session_in(std::string_view text) const;
    Played play(fuzz::Judged const& judged, play::Delivery delivery) const;
    bool is_known(std::string const& signature, std::string_view file) const;
    /// Nothing is wrong where the departure is known.
    Judgement found(fuzz::Judged const& judged, Played played, std::string words) const;
    fuzz::Phases phases() const { return {.handshake = false, .deflate = options.offers_deflate}; }

    Options options;
    Factory factory;
    fuzz::Model model{catalogue(), traits_of(options)};
    fuzz::Gate gate{catalogue(), options.strict};
};

Target::Target(Options options, Factory factory)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(factory))) {}

Target::~Target() = default;

Judgement Target::judge(std::string_view input) const {
    auto const session = impl_->session_in(input);
    if (!session) return {};
    auto const judged = impl_->model.judge(*session, number);
    note_coverage(judged.inputs);
    auto whole = impl_->play(judged, play::Delivery::whole);
    auto bytewise = impl_->play(judged, play::Delivery::bytewise);
    for (auto* const played : {&whole, &bytewise})
        if (!played->signature.empty()) return impl_->found(judged, std::move(*played), {});
    auto const end = end_of(bytewise.result);
    if (end == end_of(whole.result)) return {.is_session = true};
    bytewise.signature = "the end depends on how the bytes are cut: " + std::string(end);
    return impl_->found(judged, std::move(bytewise),
                        "in whole writes " + std::string(end_of(whole.result)));
}

void Target::run(std::uint8_t const* data, std::size_t size) const {
    auto const judgement = judge({reinterpret_cast<char const*>(data), size});
    if (judgement) return;
    std::fputs(judgement.report.c_str(), stderr);
    std::abort();
}

std::size_t Target::mutate(std::uint8_t* data, std::size_t size, std::size_t max_size,
                           unsigned seed) const {
    fuzz::Dice dice{seed};
    auto const* const text = reinterpret_cast<char const*>(data);
    auto session = impl_->session_in({text, size});
    if (session)
        change(*session, dice, impl_->phases(), engine());
    else
        session = new_session(dice, impl_->phases());
    auto const changed = text_of(*std::move(session), max_size);
    if (!changed) return std::min(size, max_size);
    std::ranges::transform(*changed, data, [](char letter) { return std::uint8_t(letter); });
    return changed->size();
}

std::size_t Target::cross(std::string_view first, std::string_view second, std::uint8_t* out,
                          std::size_t max_size, unsigned seed) const {
    auto const one = impl_->session_in(first);
    auto const other = impl_->session_in(second);
    if (!one || !other) return 0;
    fuzz::Dice dice{seed};
    auto const crossed = text_of(fuzz::crossed(*one, *other, dice), max_size);
    if (!crossed) return 0;
    std::ranges::transform(*crossed, out, [](char letter) { return std::uint8_t(letter); });
    return crossed->size();
}

std::optional<fuzz::Session> Target::Impl::session_in(std::string_view text) const {
    auto session = kit::session_in(text);
    if (session && !options.offers_deflate) session->extension.clear();
    return session;
}

Played Target::Impl::play(fuzz::Judged const& judged, play::Delivery delivery) const {
    play::Setting setting;
    setting.strict = options.strict;
    setting.delivery = delivery;
    setting.answers_pings = options.answers_pings;
    setting.echoes_text = options.echoes_text;
    setting.echoes_binary = options.echoes_binary;
    Played played;
    played.delivery = delivery == play::Delivery::whole ? "in whole writes" : "byte by byte";
    auto const connect = to_server(options, factory, played.thrown);
    played.result = play::play(judged.variant, setting, connect);
    played.signature = played.thrown.empty() ? fuzz::signature_of(judged, played.result, gate)
                                             : "the implementation throws: " + played.thrown;
    return played;
}

bool Target::Impl::is_known(std::string const& signature, std::string_view file) const {
    return std::ranges::any_of(options.known, [&](Difference const& difference) {
        return signature.starts_with(difference.signature) &&
               file.find(difference.input) != std::string_view::npos;
    });
}

Judgement Target::Impl::found(fuzz::Judged const& judged, Played played, std::string words) const {
    fuzz::Finding finding;
    finding.signature = std::move(played.signature);
    finding.result = std::move(played.result);
    finding.words = std::move(words);
    fuzz::describe(finding, judged, 0);
    finding.variant.found = script::Found{"the kit of wsproof", finding.signature};
    auto file = finding_file(finding);
    // How the connection ends behind a known departure says nothing more.
    if (is_known(finding.signature, file)) return {.is_session = true};
    return {.is_session = true,
            .signature = finding.signature,
            .report = report_on(finding, played.delivery),
            .finding = std::move(file)};
}

std::vector<std::string> seeds(std::size_t max_size) {
    std::vector<std::string> texts;
    for (auto const& session : sessions_of_cases())
        if (auto text = text_of(session, max_size)) texts.push_back(*std::move(text));
    return texts;
}

}  // namespace wsproof::kit
