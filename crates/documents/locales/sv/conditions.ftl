# När en regel tillämpas, på svenska: sagt ur regelns egna villkor, faktum för faktum.
# Satserna har bisatsens ordföljd, eftersom de följer på ”när”.

## The sentence, and how its pieces are joined

label-applies = Tillämpas när
applies-disclose = Regeln gäller utlämnande { $conditions }.
applies-preserve = Regeln gäller bevarande { $conditions }.
applies-both = Regeln gäller både utlämnande och bevarande { $conditions }.
applies-when = när { $all }
applies-always = i alla fall
applies-unless = { $conditions }. Den gäller inte när { $exceptions }
clauses-and = { $first }; och { $last }
list-or = { $first } eller { $last }
either = antingen { $all }
condition-unread = ett ytterligare villkor är uppfyllt som bara framgår av regelns text

## Who asks

fact-principal-country = begäran kommer från { $values }
fact-principal-country-not = begäran inte kommer från { $values }
fact-principal-kind = begäran görs av { $values }
fact-principal-kind-not = begäran inte görs av { $values }
fact-principal-verified = det är kontrollerat att begäran kommer från myndigheten
fact-principal-verified-not = det inte är kontrollerat att begäran kommer från myndigheten

## With what

fact-instrument-kind = det är fråga om { $values }
fact-instrument-kind-not = det inte är fråga om { $values }
fact-instrument-measure = beslutet avser { $values }
fact-instrument-measure-not = beslutet inte avser { $values }
fact-instrument-measure-known = beslutet anger vilken åtgärd det avser
fact-instrument-measure-not-known = beslutet inte anger vilken åtgärd det avser
fact-instrument-country = beslutet grundas på rätten i { $values }
fact-instrument-country-not = beslutet inte grundas på rätten i { $values }
fact-instrument-country-is-principal-country = beslutet grundas på rätten i det land som begäran kommer från
fact-instrument-country-not-is-principal-country = beslutet inte grundas på rätten i det land som begäran kommer från
fact-instrument-country-is-addressee-country = beslutet grundas på rätten i det land där det företag som begäran riktas till är etablerat
fact-instrument-country-not-is-addressee-country = beslutet inte grundas på rätten i det land där det företag som begäran riktas till är etablerat
fact-instrument-country-is-resource-stored-in = beslutet grundas på rätten i det land där uppgifterna lagras
fact-instrument-country-not-is-resource-stored-in = beslutet inte grundas på rätten i det land där uppgifterna lagras
fact-instrument-issued-on = beslutet är daterat före den { $day }
fact-instrument-issued-on-not = beslutet är daterat den { $day } eller senare
fact-instrument-dated-ahead = beslutet bär ett datum som inte hade inträffat när det togs emot
fact-instrument-dated-ahead-not = det datum som beslutet bär hade inträffat när det togs emot
fact-instrument-issued-by = { $values } har utfärdat beslutet
fact-instrument-issued-by-not = det inte är { $values } som har utfärdat beslutet
fact-instrument-validated-by = { $values } har godkänt beslutet
fact-instrument-validated-by-not = det inte är { $values } som har godkänt beslutet
fact-instrument-validated-by-known = någon har godkänt beslutet
fact-instrument-validated-by-not-known = ingen har godkänt beslutet
fact-instrument-judge = en domare har utfärdat eller godkänt beslutet
fact-instrument-judge-not = ingen domare har utfärdat eller godkänt beslutet
fact-instrument-signed = beslutet är undertecknat
fact-instrument-signed-not = beslutet inte är undertecknat
fact-instrument-qualified-signature = beslutet bär en kvalificerad elektronisk underskrift eller stämpel
fact-instrument-qualified-signature-not = beslutet inte bär någon kvalificerad elektronisk underskrift eller stämpel
fact-instrument-treaty = beslutet stöder sig på en internationell överenskommelse
fact-instrument-treaty-not = beslutet inte stöder sig på någon internationell överenskommelse
fact-instrument-customer-cannot-be-asked = myndigheten uppger att kunden inte kan tillfrågas
fact-instrument-customer-cannot-be-asked-not = myndigheten inte uppger att kunden inte kan tillfrågas
fact-instrument-interim = beslutet är meddelat i avvaktan på senare prövning
fact-instrument-interim-not = beslutet inte är meddelat i avvaktan på senare prövning
fact-instrument-rank-confirmed = det är bekräftat att beslutets utfärdare har den ställning som lagen kräver
fact-instrument-rank-confirmed-not = det inte är bekräftat att beslutets utfärdare har den ställning som lagen kräver
fact-instrument-certified = beslutet har det intyg som lagen kräver
fact-instrument-certified-not = beslutet saknar det intyg som lagen kräver
fact-instrument-expired = den sista dag som beslutet anger har passerat
fact-instrument-expired-not = ingen sista dag som beslutet anger har passerat
fact-instrument-digital-services-reasons = beslutet som föreläggande enligt EU:s förordning om digitala tjänster anger sina skäl
fact-instrument-digital-services-reasons-not = beslutet som föreläggande enligt EU:s förordning om digitala tjänster inte anger några skäl
fact-instrument-digital-services-redress = beslutet som föreläggande enligt EU:s förordning om digitala tjänster anger hur man begär prövning
fact-instrument-digital-services-redress-not = beslutet som föreläggande enligt EU:s förordning om digitala tjänster inte anger hur man begär prövning
fact-instrument-digital-services-language = beslutet som föreläggande enligt EU:s förordning om digitala tjänster är på ett språk som leverantören har angett
fact-instrument-digital-services-language-not = beslutet som föreläggande enligt EU:s förordning om digitala tjänster inte är på ett språk som leverantören har angett
fact-instrument-digital-services-known = beslutet är ett föreläggande enligt EU:s förordning om digitala tjänster
fact-instrument-digital-services-not-known = beslutet inte är ett föreläggande enligt EU:s förordning om digitala tjänster
fact-instrument-notification = underrättelsen till den verkställande myndigheten { $values }
fact-instrument-notification-not = det inte är så att underrättelsen till den verkställande myndigheten { $values }
fact-instrument-notification-known = beslutet visar om den verkställande myndigheten har underrättats eller inte behöver underrättas
fact-instrument-notification-not-known = beslutet inte visar om den verkställande myndigheten har underrättats eller inte behöver underrättas

## To whom

fact-addressee-country = det företag som begäran riktas till är etablerat i { $values }
fact-addressee-country-not = det företag som begäran riktas till inte är etablerat i { $values }
fact-addressee-country-is-principal-country = det företag som begäran riktas till är etablerat i det land som begäran kommer från
fact-addressee-country-not-is-principal-country = det företag som begäran riktas till inte är etablerat i det land som begäran kommer från

## For which data

fact-resource-category = uppgifterna är { $values }
fact-resource-category-not = uppgifterna inte är { $values }
condition-boxes = begäran omfattar: { $boxes }
condition-boxes-not = begäran inte omfattar: { $boxes }
fact-resource-stored-in = uppgifterna lagras i { $values }
fact-resource-stored-in-not = uppgifterna inte lagras i { $values }
fact-resource-stored-in-is-principal-country = uppgifterna lagras i det land som begäran kommer från
fact-resource-stored-in-not-is-principal-country = uppgifterna lagras i ett annat land än det som begäran kommer från
fact-resource-controller = den som bestämmer över uppgifterna är { $values }
fact-resource-controller-not = den som bestämmer över uppgifterna inte är { $values }
fact-resource-holder-resides-in = kontoinnehavaren är bosatt i { $values }
fact-resource-holder-resides-in-not = kontoinnehavaren inte är bosatt i { $values }
fact-resource-holder-resides-in-known = det är känt var kontoinnehavaren är bosatt
fact-resource-holder-resides-in-not-known = det inte är känt var kontoinnehavaren är bosatt
fact-resource-holder-is-us-person = det är känt att kontoinnehavaren är en amerikansk person (US person)
fact-resource-holder-is-us-person-not = det är känt att kontoinnehavaren inte är en amerikansk person (US person)
fact-resource-holder-is-us-person-known = det är känt om kontoinnehavaren är en amerikansk person (US person)
fact-resource-holder-is-us-person-not-known = det inte är känt om kontoinnehavaren är en amerikansk person (US person)
fact-resource-privileged = kontot tillhör någon som omfattas av yrkesmässig tystnadsplikt
fact-resource-privileged-not = kontot inte tillhör någon som omfattas av yrkesmässig tystnadsplikt
fact-resource-public-authority-of = uppgifterna innehas för en offentlig myndighet i { $values }
fact-resource-public-authority-of-not = uppgifterna inte innehas för en offentlig myndighet i { $values }
fact-resource-public-authority-of-known = uppgifterna innehas för en offentlig myndighet
fact-resource-public-authority-of-not-known = uppgifterna inte innehas för någon offentlig myndighet
fact-resource-public-authority-of-is-principal-country = den myndigheten hör till det land som begäran kommer från
fact-resource-public-authority-of-not-is-principal-country = den myndigheten hör till ett annat land än det som begäran kommer från
fact-resource-service = uppgifterna avser { $values }
fact-resource-service-not = uppgifterna inte avser { $values }
fact-resource-service-known = det är antecknat vilken tjänst uppgifterna avser
fact-resource-service-not-known = det inte är antecknat vilken tjänst uppgifterna avser
fact-named = begäran anger kontot
fact-named-not = begäran inte anger kontot

## For what, and how urgent

fact-maximum-penalty-months = det för brottet anges ett straffmaximum på minst { $count } månader
fact-maximum-penalty-months-not = det inte anges något straffmaximum på minst { $count } månader
fact-maximum-penalty-months-known = straffmaximum är angivet
fact-maximum-penalty-months-not-known = straffmaximum inte är angivet
fact-listed-offence = brottet anges vara ett av de uppräknade (oavsett straff)
fact-listed-offence-not = brottet inte anges vara ett av de uppräknade
fact-purpose = begäran anges avse { $values }
fact-purpose-not = begäran inte anges avse { $values }
fact-purpose-known = begärans ändamål är angivet
fact-purpose-not-known = begärans ändamål inte är angivet
fact-sentence-known = begäran görs för verkställighet av en dom
fact-sentence-not-known = begäran inte görs för verkställighet av en dom
fact-sentence-months = straffet är minst { $count } månader
fact-sentence-months-not = straffet är mindre än { $count } månader
fact-sentence-in-absentia = domen har meddelats i den dömdes utevaro
fact-sentence-in-absentia-not = domen inte har meddelats i den dömdes utevaro
fact-sentence-absconded = den dömde håller sig undan
fact-sentence-absconded-not = den dömde inte håller sig undan
fact-emergency = en nödsituation åberopas
fact-emergency-not = ingen nödsituation åberopas
fact-emergency-believed = leverantörens jurist har antecknat leverantörens egen övertygelse att faran är verklig
fact-emergency-believed-not = leverantörens jurist inte har antecknat leverantörens egen övertygelse att faran är verklig

## Time

fact-received-at-known = det är antecknat när begäran kom in
fact-received-at-not-known = det inte är antecknat när begäran kom in
fact-period-until-known = den begärda perioden har ett slut
fact-period-until-not-known = den begärda perioden inte har något slut
fact-period-until-by-received-at = den begärda perioden slutar senast när begäran kom in
fact-period-until-not-by-received-at = den begärda perioden slutar senare än när begäran kom in
fact-period-from-known = den begärda perioden har en början
fact-period-from-not-known = den begärda perioden inte har någon början
fact-clocks-passed = fristen på { $values } har löpt ut
fact-clocks-passed-not = fristen på { $values } inte har löpt ut
fact-clocks-running = fristen på { $values } löper
fact-clocks-running-not = fristen på { $values } inte löper
fact-clocks-paused = fristen på { $values } löper inte för tillfället
fact-clocks-paused-not = fristen på { $values } inte är uppskjuten
value-clock = { $period } ({ $cite })

## What became of it

fact-since-withdrawn = myndigheten har återkallat begäran
fact-since-withdrawn-not = myndigheten inte har återkallat begäran
fact-since-validation-refused = den som skulle bekräfta beslutet i efterhand har vägrat
fact-since-validation-refused-not = ingen som skulle bekräfta beslutet i efterhand har vägrat
fact-since-partly-refused = den underrättade myndigheten motsätter sig en del av ordern eller ställer villkor
fact-since-partly-refused-not = den underrättade myndigheten varken motsätter sig en del av ordern eller ställer villkor

## What counsel found

fact-findings-conflict-known = leverantörens jurist har antecknat en konflikt mellan rättsordningar
fact-findings-conflict-not-known = leverantörens jurist inte har antecknat någon konflikt mellan rättsordningar
fact-findings-conflict-country = konflikten gäller rätten i { $values }
fact-findings-conflict-country-not = konflikten inte gäller rätten i { $values }
fact-findings-conflict-country-is-resource-stored-in = konflikten gäller rätten i det land där uppgifterna lagras
fact-findings-conflict-country-not-is-resource-stored-in = konflikten inte gäller rätten i det land där uppgifterna lagras
fact-findings-conflict-ground = leverantörens jurist har funnit att { $values }
fact-findings-conflict-ground-not = leverantörens jurist inte har funnit att { $values }
fact-findings-conflict-qualifying-government = leverantörens jurist har bekräftat att det andra landet är en ”qualifying foreign government”
fact-findings-conflict-qualifying-government-not = leverantörens jurist inte har bekräftat att det andra landet är en ”qualifying foreign government”
fact-findings-conflict-outcome = utgången av invändningen är { $values }
fact-findings-conflict-outcome-not = utgången av invändningen inte är { $values }
fact-findings-conflict-outcome-known = en invändning har gjorts
fact-findings-conflict-outcome-not-known = ingen invändning har gjorts ännu
fact-findings-objection = leverantörens jurist har funnit att { $values }
fact-findings-objection-not = leverantörens jurist inte har funnit att { $values }
fact-findings-objection-known = leverantörens jurist har funnit en invändning
fact-findings-objection-not-known = leverantörens jurist inte har funnit någon invändning
fact-findings-transfer-ground = leverantörens jurist har antecknat en annan grund i kapitel V i dataskyddsförordningen
fact-findings-transfer-ground-not = leverantörens jurist inte har antecknat någon annan grund i kapitel V i dataskyddsförordningen
fact-findings-relevance-doubted = leverantörens jurist ifrågasätter att uppgifterna har betydelse för saken
fact-findings-relevance-doubted-not = leverantörens jurist inte ifrågasätter att uppgifterna har betydelse för saken
fact-findings-foreign-law-cleared = leverantörens jurist har antecknat att rätten på lagringsplatsen inte hindrar det
fact-findings-foreign-law-cleared-not = leverantörens jurist inte har antecknat att rätten på lagringsplatsen tillåter det
fact-findings-local-law-confirmed = en jurist i myndighetens land har bekräftat beslutet
fact-findings-local-law-confirmed-not = ingen jurist i myndighetens land har bekräftat beslutet
fact-findings-privilege-cleared = leverantörens jurist har funnit att yrkesmässig tystnadsplikt inte är något hinder
fact-findings-privilege-cleared-not = leverantörens jurist inte har funnit att den yrkesmässiga tystnadsplikten saknar betydelse
fact-findings-partial-refusal-settled = leverantörens jurist har funnit att det som begärs ligger utanför den partiella vägran
fact-findings-partial-refusal-settled-not = leverantörens jurist inte har funnit att det som begärs ligger utanför den partiella vägran

## The words that facts are compared with

value-authority-court = en domstol
value-authority-prosecutor = en åklagare
value-authority-police = polisen
value-authority-central-authority = en centralmyndighet
value-authority-security-service = en säkerhetstjänst
value-authority-other-authority = en annan myndighet
value-authority-private-party = en enskild
value-issuer-judge = en domare
value-issuer-prosecutor = en åklagare
value-issuer-police = en polis
value-issuer-other = en annan myndighet
value-controller-consumer = en privatperson
value-controller-enterprise = en organisation som är leverantörens kund
value-service-internet-access = en internetanslutningstjänst
value-service-number-based = en nummerbaserad interpersonell kommunikationstjänst
value-service-number-independent = en nummeroberoende interpersonell kommunikationstjänst
value-service-other = en tjänst som inte är någon elektronisk kommunikationstjänst
value-measure-interception = hemlig avlyssning
value-measure-surveillance = hemlig övervakning
value-measure-seizure = beslag
value-measure-edition = edition
value-measure-search = husrannsakan
value-notification-not-required = inte behövs
value-notification-pending = ännu inte är besvarad
value-notification-cleared = har besvarats utan vägransgrund
value-notification-refused = har besvarats med en vägransgrund
value-purpose-criminal-proceedings = ett straffrättsligt förfarande
value-purpose-criminal-intelligence = underrättelseverksamhet om brott
value-purpose-state-security = statens säkerhet
value-purpose-missing-person = eftersökning av en försvunnen person
value-purpose-other = ett annat ändamål
value-ground-forbids = ett annat lands rätt förbjuder utlämnandet
value-ground-no-similar-provision = ett annat lands rätt saknar en liknande bestämmelse
value-ground-place-of-storage = uppgifterna lagras i ett annat land
value-outcome-pending = ännu öppen
value-outcome-disclosure-ordered = ett domstolsbeslut att uppgifterna ska lämnas ut
value-outcome-order-lifted = ett domstolsbeslut som upphäver ordern
value-outcome-out-of-time = att den gjordes för sent
value-objection-immunity-or-privilege = immunitet, privilegier eller reglerna om tryckfrihet utgör hinder
value-objection-incomplete = intyget är ofullständigt
value-objection-manifest-error = intyget innehåller uppenbara fel
value-objection-insufficient-information = intyget innehåller för lite information för att kunna följas
value-objection-impossible = det är omöjligt av skäl som leverantören inte råder över
value-objection-not-stored = uppgifterna inte var lagrade vid mottagandet
value-objection-service-not-covered = tjänsten inte omfattas
value-objection-other-reason = ett annat skäl talar emot
value-group-european-union = Europeiska unionen
value-group-european-economic-area = Europeiska ekonomiska samarbetsområdet
value-group-bound-by-2023-1543 = en medlemsstat som är bunden av förordning (EU) 2023/1543
value-group-cloud-act-agreement = en stat med ett avtal enligt CLOUD Act
value-group-with-a-pack = ett land vars rätt har egna regler här
value-group-other = en stat i gruppen ”{ $name }”
country-named-US = USA
country-named-GB = Storbritannien
country-named-NL = Nederländerna
