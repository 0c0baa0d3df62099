// Package policy is 《晋城市中小企业科技特派员制度（试行）》 as data: its articles, the parameters that it fixes or leaves to the
// centre, and the editions in which they are in force. It holds no records and does nothing; the acts that follow it
// stand in registry.
package policy
