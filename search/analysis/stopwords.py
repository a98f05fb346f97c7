"""Words that say nothing of what a text is about. A search for nothing else looks for them all the same."""

SWEDISH = """
alla allt alltid alltså all annan annat andra att av bara bland bli blir blev blivit borde bort både börja de dem den denna denne
deras dess dessa det detta dig din dina dit ditt dock du där därför då efter ej eller en er era ert ett fanns fick finns finnas
fram från för få får fått före genom ge ger gör göra gjort gjorde ha hade han hans har haft hela helt henne hennes hon honom hur
här i icke igen in inga ingen inget inom inte ja jag kan ju just kring kunna kunde kunnat lite man med mellan men mer mera mest
mig min mina mitt mot mycket måste ned nej ni ningen nog nu nya någon något några när nära och också om oss på redan sade samma
samt sedan sig sin sina sitt ska skall skulle som så sådan sådana sådant till tills trots under upp ut utan utom vad var vara
varandra varför varit varje vars vart vem vems vet vi vid vilka vilkas vilken vilket vill ville vore vår våra vårt väl än ännu är
även åt över
"""
ENGLISH = """
a about above after again against all also am an and any are aren't as at be because been before being below between both but by
can can't cannot could couldn't did didn't do does doesn't doing don't down during each every few for from further had hadn't has
hasn't have haven't having he her here hers herself him himself his how i if in into is isn't it it's its itself i'm i've just let
me more most mustn't my myself no nor not of off on once only or other our ours ourselves out over own same shan't she should
shouldn't so some such than that the their theirs them themselves then there these they this those through to too under until up
us very was wasn't we were weren't what when where whether which while who whom whose why will with without won't would wouldn't
you your yours yourself yourselves
"""
STOP_WORDS = {"sv": frozenset(SWEDISH.split()), "en": frozenset(ENGLISH.split())}
