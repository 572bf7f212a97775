// Seeds for the targets: what the cases put to an honest peer, in the form of each target's input.
#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "harness/script/catalogue.hpp"
#include "reference_impl/wire/bytes.hpp"

namespace wsproof::fuzz {

/// Words that engines put into inputs, in the form that libFuzzer and AFL++ read.
extern std::string_view const dictionary;

/// Of each target at most so many inputs, none of them longer than `longest_seed`.
inline constexpr std::size_t most_seeds = 300;
inline constexpr std::size_t longest_seed = 2048;

/// Inputs of a target by the name of their file, which is their SHA-1.
using Seeds = std::map<std::string, wire::Bytes>;

/// Plays every case against the reference, in process; by the name of the target.
std::map<std::string, Seeds> seeds_from(script::Catalogue const& catalogue);

class CorpusError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A folder for each target and the dictionary beside them. Throws CorpusError with one line.
void write_corpus(std::map<std::string, Seeds> const& corpus, std::filesystem::path const& folder);

}  // namespace wsproof::fuzz
