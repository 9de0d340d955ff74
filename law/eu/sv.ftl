# Frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

eu_clock_production_ten-days = När ingen underrättelse krävs ska uppgifterna överföras senast inom 10 dagar från mottagandet av intyget.
eu_clock_production_after-notification = När den verkställande myndigheten har underrättats och inte lämnat klartecken överförs uppgifterna inte före utgången av de 10 dagarna från mottagandet av intyget, och därefter genast, om ingen vägransgrund har åberopats.
eu_clock_production_cleared = När den verkställande myndigheten har lämnat klartecken i förtid överförs uppgifterna så snart som möjligt, senast vid utgången av de 10 dagarna från mottagandet av intyget.
eu_clock_production_eight-hours = I nödsituationer överförs uppgifterna utan onödigt dröjsmål, senast inom 8 timmar från mottagandet av intyget; en underrättelse skjuter inte upp detta.
eu_clock_production_clarification = Den utfärdande myndigheten besvarar en begäran om förtydligande eller rättelse inom 5 dagar; skyldigheten att lämna ut är uppskjuten tills den gör det, hur länge det än dröjer.
eu_clock_production_objection = En invändning om att ett tredjelands lag förbjuder utlämnandet ska göras inom 10 dagar från mottagandet av intyget.
eu_clock_notification_ten-days = Den verkställande myndigheten åberopar en vägransgrund inom 10 dagar från mottagandet av underrättelsen.
eu_clock_notification_ninety-six-hours = I nödsituationer åberopar den verkställande myndigheten en vägransgrund inom 96 timmar från mottagandet av underrättelsen; uppgifterna kan redan ha överförts.
eu_clock_validation_forty-eight-hours = En order som har utfärdats i en nödsituation utan godkännande läggs fram för den godkännande myndigheten inom 48 timmar; godkänns den inte, återkallas den och uppgifterna raderas.
eu_clock_preservation_sixty-days = Uppgifterna bevaras i 60 dagar från mottagandet av intyget, och 30 dagar till om det begärs inom de 60; bekräftas en begäran om utlämnande i tid, tills den har besvarats.
eu_clock_preservation_extension = Den utfärdande myndigheten begär förlängningen med 30 dagar, eller bekräftar att en begäran om utlämnande har utfärdats, inom 60 dagar från mottagandet av intyget.
eu_clock_preservation_clarification = Den utfärdande myndigheten besvarar en begäran om förtydligande inom 5 dagar; gör den inte det är leverantören befriad från att bevara uppgifterna.
eu_clock_enforcement_five-working-days = Den verkställande myndigheten erkänner en order, eller vägrar att göra det, inom 5 arbetsdagar från begäran om verkställighet.
eu_notice_production = Den utfärdande myndigheten underrättar den vars uppgifter begärs och får dröja med, begränsa eller underlåta det; leverantören håller intyget och uppgifterna hemliga och underrättar inte.
eu_notice_digital-services = Leverantören underrättar tjänstemottagaren om föreläggandet och om vad som har gjorts, senast när det verkställs eller vid den tidpunkt som myndigheten bestämmer; sekretess i straffprocessen går före.
