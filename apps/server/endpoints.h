#pragma once
// The handlers behind the table of api.cc. `name` is what stands in the path's braces.

#include <functional>
#include <memory>
#include <string>

#include "api.h"
#include "json_gate.h"

namespace karvan::server {

using Handler = Response (*)(const Services&, const Request&, const std::string& name);

Response get_health(const Services&, const Request&, const std::string&);
Response get_metrics(const Services&, const Request&, const std::string&);

Response get_corridor(const Services&, const Request&, const std::string&);
Response get_map(const Services&, const Request&, const std::string&);
Response get_tables(const Services&, const Request&, const std::string&);
Response get_table(const Services&, const Request&, const std::string& table);
Response get_observations(const Services&, const Request&, const std::string&);

Response get_scenarios(const Services&, const Request&, const std::string&);
Response post_scenario(const Services&, const Request&, const std::string&);
Response validate_scenario(const Services&, const Request&, const std::string&);
Response get_scenario(const Services&, const Request&, const std::string& name);
Response put_scenario(const Services&, const Request&, const std::string& name);
Response delete_scenario(const Services&, const Request&, const std::string& name);
Response diff_scenario(const Services&, const Request&, const std::string& name);

// A question that was read: answered at once, or with work left for a pool.
struct Prepared {
  // Ends soon once `stop` is set; what it then gives is nothing that anybody should see. The
  // services outlive it.
  using Work = std::function<Response(const std::atomic<bool>& stop)>;
  Response answer;  // without work
  Work work;
  bool is_long = false;  // it may take seconds, and waits with its like
};
using Preparer = Prepared (*)(const Services&, const Request&);

Prepared prepare_plan(const Services&, const Request&);
Prepared prepare_matrix(const Services&, const Request&);
Prepared prepare_isochrone(const Services&, const Request&);
Response get_result(const Services&, const Request&, const std::string& key);
Response get_routes(const Services&, const Request&, const std::string&);

Response post_simulation(const Services&, const Request&, const std::string&);
Response get_simulations(const Services&, const Request&, const std::string&);
Response get_simulation(const Services&, const Request&, const std::string& key);
Response delete_simulation(const Services&, const Request&, const std::string& key);
Response get_progress(const Services&, const Request&, const std::string& key);
Response get_simulation_result(const Services&, const Request&, const std::string& key);
Response get_partial(const Services&, const Request&, const std::string& key);
Response get_events(const Services&, const Request&, const std::string& key);

// What several of them share.

// The case that the query's `scenario` names, or the answer that says why not.
struct CaseOrAnswer {
  std::shared_ptr<const Case> found;
  Response answer;  // if nothing was found
};
CaseOrAnswer case_of_query(const Services& services, const Request& request);
// The same for a member of a body.
std::shared_ptr<const Case> case_of_body(const Services& services,
                                         std::string_view key,
                                         const std::string& name,
                                         std::vector<Fault>& faults);
// 422 with these faults.
Response unfit(const std::vector<Fault>& faults);
bool is_key(std::string_view text);  // 32 hexadecimal digits

}  // namespace karvan::server
