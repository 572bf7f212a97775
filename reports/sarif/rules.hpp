// The rules that results of a SARIF file refer to, each told once.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "reports/model.hpp"
#include "reports/node.hpp"

namespace wsproof::report {

class SarifRules {
public:
    void add(Finding const& finding);
    void add(std::string const& case_id, CaseInfo const& info);
    /// A standing rule.
    void add(std::string const& id, RuleInfo const& info);

    std::size_t index_of(std::string const& id) const { return indices_.at(id); }
    Json take() { return std::move(rules_); }

private:
    void add(std::string const& id, Json rule);

    std::map<std::string, std::size_t> indices_ = {};
    Json rules_ = Json::array();
};

}  // namespace wsproof::report
