// One visitor out of several lambdas, for std::visit over the nouns.
#pragma once

namespace wsproof::script {

template <typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace wsproof::script
