#pragma once
// A whole corridor and a question in a few lines of text, for tests that read like documentation.
// Everything not said has a default that takes no time: handling, borders, papers.
//
//   calendar 2026-03-01 2026-06-01                     first day, first day without
//   place Altynkol Aktau in KZ utc +05:00 [summer]     summer: European summer time
//   rail Altynkol-Aktau 3200km 96h daily 00:00         two calls; code rail_altynkol_aktau
//   rail A-B-C 100km+50km 4h+2h Mon;Thu 08:30 dwell 1h three calls
//   ferry Aktau-Alat 470km 22h every 3.5 /week         also: full 2 /week, anytime, on 2026-03-05
//   08:00
//     options, in any order after that:
//       as NAME   by OPERATOR   gauge 1435   carries box40=40;truck=20   usd 500 (a unit)
//       cutoff 6h   documents 4h   dangerous 12h   window 23:00-05:00   border-inside   risk war
//       from 2026-03-10   until 2026-03-20   except 2026-03-12
//     modes: rail, ferry, barge, truck, pipe. Rail is of gauge 1520 and carries 100 boxes, or
//     wagons of its gauge; ferries and barges carry boxes, bulk and, with a gauge, wagons; trucks
//     carry boxes and trucks; pipes bulk. Prices: see CorridorBuilder.
//   handling Aktau rail-sea wagon-bulk 10h 2min 1usd   * for everywhere; one kind where it stays
//   gauge Altynkol 1435-1520 container transshipment 6h 10min 50usd
//   crossing Khorgos CN-KZ rail [at PLACE] [open 08:00-20:00]
//   step Khorgos document_reissue 5h 20usd             of a crossing
//   regime smgs consignment_note CN KZ                 and its members
//   effect smgs document_reissue hours 0 fee 0
//   document smgs_note 25usd [regime smgs] [modes rail] [lead 12h]
//   hours Alat Mon;Tue;Wed;Thu;Fri 08:00-20:00
//   delay rail 1.1 0.15                                a factor on running times: mean and cv
//   storage Aktau container 2d 10usd                    free days, then a unit and day; * anywhere
//   detention KTZE box40 hire 30d 12usd                after so many days a unit and day; clock
//   takes-back KTZE box40 Alat 2d 80usd [to Baku]      empty, after so long; * anywhere
//   through Xian Alat box40 900usd [by OPERATOR]        a unit, whatever the legs
//   booked feeder 2026-03-10 box40=30                  by others, of the departures of a local day
//   refuses feeder 1 but 1.4S IMDG 7.1.4.4.5           a class of dangerous goods, by which rule
//   closed place Kuryk 2026-03-01 2026-04-01 storm     place, link, service or crossing, code or
//   name ask plan Altynkol -> Alat 2 box40 machinery depart 2026-03-01T00:00Z
//       [days 30] [legs 3] [refuse place Kuryk] [refuse country KZ] [refuse mode sea]
//       [refuse regime smgs] [only mode rail] [require country AZ] [via Aktau] [transshipments 1]
//       [hired KTZE] [budget 5000usd] [deadline 2026-03-20T00:00Z] [papers 2026-03-01T00:00Z]
//       [save-storage]
//     quantity: N box40 (or another load unit), N TEU, N t; goods: machinery, wheat,
//     acid (class 8), explosives (class 1.1D)
//
// '#' begins a comment.

#include <string_view>

#include "karvan/base/result.h"
#include "karvan/plan/question.h"

namespace karvan::testing {

struct TinyCase {
  Corridor corridor;
  plan::Question question;  // if there was a line `ask`
};

Result<TinyCase> tiny_case(std::string_view text);

}  // namespace karvan::testing
