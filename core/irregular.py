"""English verbs whose past no ending tells: present, past, participle of each; such plurals.

Forms that are as often another word (left, ground, wound, rose, bound, lay) are not among them.
"""

_VERBS = """
become became; begin began begun; bend bent; bite bit bitten; blow blew blown; break broke broken;
bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; come came;
deal dealt; dig dug; do did done; draw drew drawn; drink drank drunk; drive drove driven;
eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; fly flew flown;
forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen;
get got gotten; give gave given; go went gone; grow grew grown; hang hung; have had; hear heard;
hide hid hidden; hold held; keep kept; know knew known; lead led; learn learnt; lend lent;
lose lost; make made; mean meant; meet met; overcharge overcharged; overheat overheated; pay paid;
ride rode ridden; ring rang rung; run ran; say said; see saw seen; seek sought; sell sold;
send sent; shake shook shaken; shine shone; shoot shot; shrink shrank shrunk; shut shut; sing sang;
sink sank sunk; sit sat; sleep slept; slide slid; speak spoke spoken; spend spent; spill spilt;
spin spun; split split; spoil spoilt; stand stood; steal stole stolen; stick stuck; sting stung;
strike struck stricken; swear swore sworn; swell swollen; swim swam swum; swing swung;
take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown;
understand understood; wake woke woken; wear wore worn; weep wept; win won; withdraw withdrew
withdrawn; write wrote written
"""
_PLURALS = """
children child; teeth tooth; feet foot; men man; women woman; mice mouse; knives knife;
shelves shelf; wives wife; halves half; loaves loaf; people person
"""
# What is more, most and how: "slower", "slowest", "slowly".
_QUALITIES = """
slow fast quick late early cheap poor weak strong loud quiet cold warm high low long short small
clean clear bright dark rude poor rough slight smooth sweet thick tight
"""
# Form -> present, or one of it.
PLAIN_OF = {form: forms.split()[0] for forms in _VERBS.split(";") for form in forms.split()[1:]}
PLAIN_OF |= dict(map(str.split, _PLURALS.split(";")))
PLAIN_OF |= {
    plain + ending: plain for plain in _QUALITIES.split() for ending in ("er", "est", "ly")
}
PLAIN_OF["later"] = "later"  # not so much late as after
