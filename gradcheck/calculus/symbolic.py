from gradcheck.calculus.evidence import SymbolicEvidence
class Symbolic:
    def __init__(self, program, sizes, seed): pass
    def decide(self,a,b): return SymbolicEvidence("unknown","")
    def decide_different(self,a,b): return SymbolicEvidence("unknown","")
