// Package server is the floor of the network: routes, the JSON API and its description, sign-in and roles, pages.
//
// It may import matcher and registry and alone owns gin. Handlers read parameters, call once, and answer; they hold no rule
// (registry), no scoring (matcher) and no storage. The floor is not furnished yet: the program is used by its commands
// (cmd/tepai), which call the same Engine and the same Store that the handlers will.
package server
