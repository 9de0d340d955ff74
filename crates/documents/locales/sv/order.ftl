# Är allt i ordning? På svenska.

order-title = Är allt i ordning?
order-all-good = Allt som har kontrollerats är i ordning
order-not-in-order-count = { $count ->
    [one] En sak är inte i ordning
   *[other] { $count } saker är inte i ordning
}
order-soon-only = Inget är i oordning; { $count ->
    [one] en sak behöver snart åtgärdas
   *[other] { $count } saker behöver snart åtgärdas
}
order-checked = Kontrollerat { $at }
order-group-not-in-order = Inte i ordning
order-group-soon = Snart
order-group-in-order = I ordning
order-group-not-known = Inte känt
order-not-known-lead = Det som inte är känt räknas aldrig som i ordning.
order-goes-agents = Uttagsprogram
order-goes-accounts = Konton och platser
order-goes-case = Ärendet
order-goes-people = Personer och nycklar
order-goes-authorities = Myndigheter
order-goes-law = Regelverk
order-goes-settings = Inställningar

## The lines: what it is, and what it means for people

order-agent-at-work = Uttagsprogrammet i { $region } arbetar
order-agent-at-work-means = Hördes av { $at }; version { $version }.
order-agent-busy = Uttagsprogrammet i { $region } verkställer en uttagsorder sedan { $at }
order-agent-busy-means = { $step ->
    [searching] Det söker igenom datakälla { $number } av { $all }.
    [copy] Det söker igenom det som har bevarats.
    [sealing] Det kontrollerar det som har hittats och förseglar det.
    [reading] Det kontrollerar uttagsordern.
   *[other] Hur långt det har kommit vet den här versionen inte.
}
order-agent-broke-off = Uttagsprogrammet i { $region } höll på att verkställa en uttagsorder och har inte hörts av sedan { $at }
order-agent-broke-off-means = Det har stoppats, dess värddator ligger nere eller nätet gör det. Inget lämnas ut till hälften: det börjar om när det körs igen. Se efter tjänsten på dess värddator.
order-agent-silent = Uttagsprogrammet i { $region } har inte hörts av sedan { $at }
order-agent-silent-means = { $count ->
    [untold] Inget verkställs där. Se efter tjänsten på dess värddator, sedan nätet.
    [one] { $count } uttagsorder väntade då; inget verkställs där. Se efter tjänsten på dess värddator, sedan nätet.
   *[other] { $count } uttagsorder väntade då; inget verkställs där. Se efter tjänsten på dess värddator, sedan nätet.
}
order-agent-never-seen = Uttagsprogrammet i { $region }
order-agent-never-seen-means = Det har inte hört av sig än: det har aldrig körts, eller är en äldre version.
order-agent-unreachable = Det som uttagsprogrammet i { $region } meddelar kan inte hämtas
order-agent-unreachable-means = Ingen uttagsorder når fram och inget svar kommer tillbaka: { $why }
order-agent-clock = Klockan hos uttagsprogrammet i { $region } går före: den visar { $at }
order-agent-clock-means = Uttagsorder löper ut för tidigt där, och det går inte att se om det har tystnat. Ställ klockan.
order-agent-refused = Uttagsprogrammet i { $region } vägrade { $count } uttagsorder vid senaste körningen
order-agent-refused-means = Slags skäl: { $codes }. I ärendena står vad som ska göras; detaljerna finns hos uttagsprogrammet.
order-waits-for-counsel = Innehållet i { $region }: { $count } poster väntar på leverantörens jurist
order-waits-for-counsel-means = Ingen har ännu avgjort om de omfattas. De visas bara där de finns.
order-same-law = Uttagsprogrammet i { $region } tillämpar samma regelverk
order-same-law-means = { $law }, som här.
order-other-law = Uttagsprogrammet i { $region } tillämpar ett annat regelverk än här
order-other-law-means = { $there } där, { $here } här. Det som skrivs under här kan vägras där, eller prövas mot äldre regler. Använd samma version på båda ställena.
order-cards-missing = Kort som uttagsprogrammet i { $region } har blivit lovat
order-cards-missing-means = { $count ->
    [one] Ett kort
   *[other] { $count } kort
} kom inte in i den offentliga loggen fast en uttagsorder sade det: uppgifterna bakom kortet har ändrats, eller så är ärendesystemet inte vad det utger sig för. Tills det är utrett väntar programmet på varje kort innan det utför en uttagsorder.
order-law-not-known = Regelverket hos uttagsprogrammet i { $region }
order-law-not-known-means = Det är tyst; vilket det tillämpar nu går inte att se.
order-same-roster = Uttagsprogrammet i { $region } godtar samma underskrifter
order-same-roster-means = Dess behörighetslista är densamma som här.
order-other-roster = Uttagsprogrammet i { $region } har en annan behörighetslista än här
order-other-roster-means = Någons underskrift gäller på det ena stället men inte på det andra. Jämför de två filerna med hjälp av nyckelorden.
order-other-version = Uttagsprogrammet i { $region } har en annan version än här
order-other-version-means = { $there } där, { $here } här. Båda arbetar vidare; det som bara den nyare känner till vägrar den äldre. Använd samma version på båda ställena.
order-own-machine-off = Uttagsprogrammet i { $region } kräver ingen underskrift från någons egen dator
order-own-machine-off-means = Den som tar över systemet kan visa en sak och få en annan underskriven. Kravet är avstängt i dess inställningar.
order-accounts-agree = Varje upptaget konto i { $region } är känt där
order-accounts-agree-means = { $count ->
    [one] { $count } konto, jämfört med uttagsprogrammets egen förteckning och dess lager i filer.
   *[other] { $count } konton, jämförda ett för ett med uttagsprogrammets egen förteckning och dess lager i filer.
}
order-account-without-source = Kontot { $account } är upptaget i { $region }, men uttagsprogrammet eller en av dess datakällor där känner inte till det
order-account-without-source-means = Det som inte kan hittas där vägras tills felet är rättat; det besvaras aldrig med att kontot inte finns. Lägg till uppgifterna och platsen där och se till att platsen finns, eller ta bort kontot ur directory.toml.
order-accounts-fault = Kontona i { $region } kan inte användas där så som de är antecknade
order-accounts-fault-means = Varje uttagsorder för { $region } vägras tills felet är rättat: { $why }
order-accounts-not-compared = Om kontona i { $region } är kända där
order-accounts-not-compared-means = Uttagsprogrammet körs på en annan dator, och ingen jämför dem. Det vägrar en uttagsorder för ett konto som det inte känner till.
order-accounts-of-table = Om varje konto i tabellen är känt där uppgifterna finns
order-accounts-of-table-means = En tabell indexeras men jämförs inte rad för rad. Uttagsprogrammet vägrar det som inte båda känner till.
order-directory-fault = Förteckningen över konton kan inte användas
order-directory-fault-means = Ingen begäran kan bedömas förrän felet är rättat: { $why }
order-mandate-runs-out = En uttagsorder i ärende { $case } löper ut { $at }
order-mandate-runs-out-means = Uttagsprogrammet i { $region } har inte verkställt den. Ta reda på varför, eller återkalla den.
order-mandate-ran-out = En uttagsorder i ärende { $case } löpte ut { $at }
order-mandate-ran-out-means = Uttagsprogrammet i { $region } verkställde den aldrig, och det kan ingen längre göra. Besluta på nytt, så upprättas en ny.
order-mandates-good = Ingen uttagsorder är på väg att löpa ut
order-mandates-good-means = Det som har undertecknats och utfärdats är verkställt eller har tid kvar.
order-undescribed = { $count ->
    [one] { $count } begäran har
   *[other] { $count } begäranden har
} inte beskrivits av någon på åtta timmar
order-undescribed-means = Den kortaste fristen kan redan ha löpt ut. Någon måste läsa det som har kommit in.
order-no-own-machine = Ingens nyckel finns på en egen dator
order-no-own-machine-means = Den som tar över systemet kan visa en sak och få en annan underskriven, två gånger. Skapa en av nycklarna på en egen dator och ange det i behörighetslistorna.
order-signers = Det finns behöriga att skriva under
order-signers-means = I behörighetslistan: handläggare { $analysts }, jurister { $counsel }.
order-no-key = { $name } har ingen nyckel i behörighetslistan
order-no-key-means = Rollen undertecknar uttagsorder, men personen kan inte göra det.
order-no-group = { $name } arbetar inte i någon grupp
order-no-group-means = För den personen finns inga ärenden. Ange personen i en grupp i people.toml.
order-one-key-of-counsel = { $name } har den enda juristnyckeln
order-one-key-of-counsel-means = Går den förlorad kan ingen skriva under som jurist, och inget lämnas ut. Registrera en till.
order-one-counsel = { $name } är den enda jurist som kan skriva under
order-one-counsel-means = Under frånvaro lämnas inget ut, och ingen annan kan godkänna.
order-no-auditor = Ingen är granskare här
order-no-auditor-means = Det som är försenat, frånfallet eller aldrig bekräftat bevakas av dem som gör det. Utse någon som inte lyder under dem.
order-invitations-open = { $count ->
    [one] { $count } inbjudan gäller fortfarande
   *[other] { $count } inbjudningar gäller fortfarande
}
order-invitations-open-means = Den som öppnar en tas för den personen. Varje inbjudan upphör inom ett dygn.
order-no-invitations = Ingen inbjudan är öppen
order-no-invitations-means = Ingen kan logga in med en länk.
order-sign-in-there = Inloggningen hos { $issuer } svarar
order-sign-in-there-means = { $count ->
    [one] { $count } nyckel därifrån förstås här.
   *[other] { $count } nycklar därifrån förstås här.
} Den vars konto är kopplat kan logga in.
order-sign-in-silent = Ingen kan logga in via { $issuer }
order-sign-in-silent-means = Lösennycklar fungerar som vanligt. Varför: { $why }.
order-authority-overdue = Kontaktuppgifterna till { $name } kontrollerades senast den { $day }
order-authority-overdue-means = Nummer byter innehavare. Be någon ta fram numret på nytt och ringa.
order-authority-not-dated = När kontaktuppgifterna till { $name } { $count ->
    [0] kontrollerades
    [one] och { $count } till kontrollerades
   *[other] och { $count } till kontrollerades
}
order-authority-not-dated-means = Ingen har antecknat det. Lägg till ”checked” i authorities.toml när någon har ringt.
order-authorities-checked = Myndigheternas kontaktuppgifter är kontrollerade i tid
order-authorities-checked-means = { $count ->
    [one] { $count } myndighet.
   *[other] { $count } myndigheter.
}
order-no-authorities = Myndigheter
order-no-authorities-means = Ingen finns upptagen: ingen begäran kan motringas på ett nummer som hittats utan den, så ingen beviljas.
order-log-published = Den offentliga loggen har allt som har registrerats
order-log-published-means = { $count ->
    [one] { $count } loggpost; den publicerade checkpointen är systemets.
   *[other] { $count } loggposter; den publicerade checkpointen är systemets.
}
order-log-behind = { $count ->
    [one] { $count } händelse väntar
   *[other] { $count } händelser väntar
} på den offentliga loggen sedan { $at }
order-log-behind-means = Inget som undertecknats sedan dess går till ett uttagsprogram förrän det är offentligt.
order-log-waits = { $count ->
    [one] { $count } händelse får sin
   *[other] { $count } händelser får sina
 } plats i den offentliga loggen med nästa omgång, { $at }
order-log-waits-means = Lika många poster skrivs vid varje tillfälle, vad som än har hänt, så att loggen inte avslöjar hur mycket som händer.
order-log-full = { $count } procent av loggens poster den senaste veckan står för händelser
order-log-full-means = När mer händer än vad som får plats väntar händelser och uttagsorder, och omgångar skrivs i förväg. Kungör större omgångar.
order-log-ahead = { $count ->
    [one] { $count } omgång i loggen skrevs
   *[other] { $count } omgångar i loggen skrevs
 } i förväg
order-log-ahead-means = En uttagsorder hade annars fått vänta för länge. Alla kan se att mycket hände just då.
order-log-empty = Ännu har inget registrerats
order-log-empty-means = Den offentliga loggen börjar med den första begäran.
order-log-fault = Den offentliga loggen är inte den som systemet publicerade
order-log-fault-means = Inget verkställs förrän detta är rättat: { $why }
order-no-witnesses = Loggens oberoende medsignerare (witness)
order-no-witnesses-means = Ingen är känd här. Den som får se två olika loggar kan inte bevisa det.
order-witnessed = Tillräckligt många oberoende medsignerare har sett loggen
order-witnessed-means = Den sista av dem som behövs, { $at }.
order-witnesses-old = De oberoende medsignerarna såg loggen senast { $at }
order-witnesses-old-means = Uttagsprogram som kräver ett nyare besked verkställer inget.
order-witnesses-missing = För få oberoende medsignerare har sett loggen
order-witnesses-missing-means = Uttagsprogram med samma krav verkställer inget: { $why }
order-outbox-empty = Inget väntar på att sändas till ett uttagsprogram
order-outbox-empty-means = Utfärdade och återkallade uttagsorder ligger där de hämtas.
order-outbox-waits = { $count ->
    [one] { $count } sak väntar
   *[other] { $count } saker väntar
} på att sändas till ett uttagsprogram sedan { $at }
order-outbox-waits-means = En uttagsorder, eller en återkallelse som ska stoppa en, har inte nått fram.
order-disk-free = Det finns plats på disken
order-disk-free-means = { $count } MiB är lediga.
order-disk-low = Disken är nästan full: { $count } MiB är lediga
order-disk-low-means = När den är full kan inget tas emot, beslutas eller publiceras. Det som finns förblir helt.
order-disk-not-known = Platsen på disken
order-disk-not-known-means = Systemet anger det inte.
order-mailbox-read = Brevlådan { $address } läses
order-mailbox-read-means = Senast läst till slutet { $at }.
order-mailbox-not-read = Brevlådan { $address } läses inte längre
order-mailbox-not-read-means = Krav kan ligga där osedda medan fristerna löper. Senast läst till slutet: { $at }.
order-mailbox-failing = Brevlådan { $address } har inte kunnat läsas sedan { $at }
order-mailbox-failing-means = Krav kan ligga där osedda medan fristerna löper: { $why }.
order-mail-not-taken = { $count ->
    [one] Ett meddelande i { $address } är för långt för att tas emot
   *[other] { $count } meddelanden i { $address } är för långa för att tas emot
 }
order-mail-not-taken-means = Det kan vara ett krav vars frist löper. Se efter i själva brevlådan och lägg in filerna manuellt.
order-outgoing-empty = Inget väntar på att sändas
order-outgoing-empty-means = E-post och meddelanden till program har sänts.
order-outgoing-waits = { $count ->
    [one] Ett meddelande väntar på att sändas via { $way } sedan { $at }
   *[other] { $count } meddelanden väntar på att sändas via { $way } sedan { $at }
}
order-outgoing-waits-means = Nya försök görs. Det som senast hindrade: { $why }.
order-outgoing-given-up = { $count ->
    [one] Ett meddelande via { $way } kunde inte sändas, och försöken upphörde { $at }
   *[other] { $count } meddelanden via { $way } kunde inte sändas, och försöken upphörde senast { $at }
}
order-outgoing-given-up-means = Någon har inte underrättats. Det som hindrade: { $why }.
order-letter-not-sent = Ett brev i ärende { $case } är inte sänt
order-letter-not-sent-means = Försöken upphörde { $at }. Sänd det på nytt eller på annat sätt.
order-emergency-unseen = En nödsituation har kommit in och ingen har tittat på den: ärende { $case }
order-emergency-unseen-means = Den kom in { $at }. Någons liv kan bero på den.
order-nobody-on-call = Ingen har jour från { $at }
order-nobody-on-call-means = En nödsituation går då till alla som underrättas om nödsituationer.
order-on-call-unreachable = { $person } har jour och kan inte nås
order-on-call-unreachable-means = Personen finns inte i förteckningen över personer, eller saknar e-postadress där.
order-certificate-good = Certifikatet för { $origin } gäller
order-certificate-good-means = { $days ->
    [one] { $days } dag till: till { $at }.
   *[other] { $days } dagar till: till { $at }.
}
order-certificate-runs-out = { $days ->
    [0] Certifikatet för { $origin } går ut inom ett dygn
    [one] Certifikatet för { $origin } går ut om { $days } dag
   *[other] Certifikatet för { $origin } går ut om { $days } dagar
}
order-certificate-runs-out-means = { $at }. Därefter öppnar ingen webbläsare systemet eller myndigheternas ingång. Om det är förnyat kan systemet inte använda det som ligger där.
order-certificate-ran-out = Certifikatet för { $origin } gick ut { $at }
order-certificate-ran-out-means = Webbläsare vägrar att öppna systemet och myndigheternas ingång. Lägg ett giltigt certifikat med sin nyckel på dess plats: ingen omstart behövs.
order-certificate-not-seen = Certifikatet för { $origin }
order-certificate-not-seen-means = Systemet var senast i drift där { $at }.
order-packages-kept = Bucketen för förseglade paket kan användas
order-packages-kept-means = { $place }. Paket kan läggas där, och ingen ser in utan nyckel.
order-packages-fault = Bucketen för förseglade paket är inte som den ska vara
order-packages-fault-means = { $place }: { $why }. Det som inte kan läggas där blir kvar hos uttagsprogrammet.
order-packages-not-known = Bucketen för förseglade paket: allt går inte att ta reda på
order-packages-not-known-means = { $place }: { $why }.
order-backup-made = Senaste säkerhetskopian gjordes { $at }
order-backup-made-means = Om den kan återställas visar bara ett prov.
order-backup-old = Senaste säkerhetskopian gjordes { $at }
order-backup-old-means = Det som har hänt sedan dess går förlorat med den här datorn.
order-backup-not-known = Säkerhetskopia
order-backup-not-known-means = Systemet vet inte hur det ska se när en gjordes: ange i desk.toml en fil som varje säkerhetskopiering rör vid.
order-files-guarded = Inställningar och nycklar kan bara ändras av ägaren
order-files-guarded-means = { $count ->
    [one] { $count } fil: ingen annan kan ändra den, och ingen annan kan läsa en nyckel.
   *[other] { $count } filer: ingen annan kan ändra dem, och ingen annan kan läsa en nyckel.
}
order-file-fault = { $file } kan inte användas
order-file-fault-means = { $why }
order-mandates-open = Varje användare på den här datorn kommer in i { $directory }, där uttagsordrar ligger
order-mandates-open-means = De nämner konton. Stäng den: chmod -R o= { $directory }
order-law-fault = Regelverket kan inte användas
order-law-fault-means = Ingen begäran kan bedömas förrän felet är rättat: { $why }
